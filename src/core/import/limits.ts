/** Requests of the largest import. */
export const MAX_IMPORTED_REQUESTS = 20_000;
/** Levels of folders. */
export const MAX_FOLDER_DEPTH = 50;
