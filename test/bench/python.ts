import { spawnSync } from 'node:child_process';

/**
 * The first Python that has the modules: the one of LODESTAR_PYTHON, the one on the PATH, the system's own; `null` where none has.
 *
 * @param needed an import statement
 */
export function findPython(needed: string): string | null {
  const candidates = [process.env.LODESTAR_PYTHON, 'python3', '/usr/bin/python3'].filter((one) => one !== undefined);
  return candidates.find((python) => spawnSync(python, ['-c', needed]).status === 0) ?? null;
}
