/** One step into JSON: a field's name or a place in a list. */
type Step = string | number;

const STEP = /\.([A-Za-z_][\w-]*)|\[(\d+)\]|\['([^']+)'\]|\["([^"]+)"\]/y;

/** The steps of `$.a.b[0]` or `$['a']`; undefined where the text is no such path. */
export function parsePath(path: string): Step[] | undefined {
  if (!path.startsWith('$')) return undefined;
  const steps: Step[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (!match) return undefined;
    const [, name, place, single, double] = match;
    steps.push(place === undefined ? (name ?? single ?? double ?? '') : Number(place));
  }
  return steps;
}

/** What is at the path; undefined where nothing is. */
export function readPath(value: unknown, path: string): unknown {
  let at = value;
  for (const step of parsePath(path) ?? []) {
    const fits = Array.isArray(at) === (typeof step === 'number');
    if (typeof at !== 'object' || at === null || !fits || !Object.hasOwn(at, step))
      return undefined;
    at = (at as Record<Step, unknown>)[step];
  }
  return at;
}
