import { join } from 'node:path';
import { UsageError } from '../errors.ts';

/**
 * Adds the variables of a folder's `.env` to the environment; what is set already stays as it is. No file is fine.
 *
 * @throws {UsageError} when the file is there and cannot be read
 */
export function readEnvFile(folder: string): void {
  const file = join(folder, '.env');
  try {
    process.loadEnvFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw new UsageError(`${file} cannot be read; check that you may read it, or move it away`, { cause: error });
  }
}
