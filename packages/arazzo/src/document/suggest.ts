const LONGEST_COMPARED = 100;
/** Of more names only the first are compared: a document may hold many, and miss many. */
const MOST_COMPARED = 500;

/** ` Did you mean "…"?` for the nearest of the known names, or nothing when none is near. */
export function suggest(name: string, known: Iterable<string>): string {
  const nearest = findNearest(name, known);
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}

/** The known name at the smallest edit distance, letter case counting little; at most a third of the name may differ. */
export function findNearest(name: string, known: Iterable<string>): string | undefined {
  if (name.length > LONGEST_COMPARED) return undefined;
  let nearest: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 0.5;
  let compared = 0;
  for (const candidate of known) {
    compared += 1;
    if (compared > MOST_COMPARED) break;
    if (candidate === name || Math.abs(candidate.length - name.length) >= least || candidate.length > LONGEST_COMPARED)
      continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance >= least) continue;
    least = distance;
    nearest = candidate;
  }
  return nearest;
}

function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const substitution = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
