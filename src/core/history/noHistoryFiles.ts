import type { HistoryFiles } from './historyFiles';

/** Where there is no place to keep anything. */
export const noHistoryFiles: HistoryFiles = {
  list: () => Promise.resolve([]),
  size: () => Promise.reject(new Error('Nothing is kept here.')),
  read: () => Promise.reject(new Error('Nothing is kept here.')),
  write: () => Promise.resolve(),
  delete: () => Promise.resolve(),
};
