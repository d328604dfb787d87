/** Says in one line what is being prepared. Provisioning takes seconds to minutes; nobody should have to guess. */
export type Progress = (line: string) => void;
