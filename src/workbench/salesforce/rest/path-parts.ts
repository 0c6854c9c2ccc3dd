/** The parts of a path as they were meant; one that is not encoded properly stays as it is, and names nothing. */
export function pathParts(pathname: string): string[] {
  return pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
