import { causesFile } from './causes.ts';
import type { DataFile } from './data-file.ts';
import { matrixFile } from './matrix.ts';
import { statusCodesFile } from './status-codes.ts';

/** The files under `/data/` that programs of others may rely on. */
export const DATA_FILES: readonly DataFile[] = [statusCodesFile, causesFile, matrixFile];
