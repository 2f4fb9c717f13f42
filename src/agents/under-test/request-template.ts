/** What can stand in a request, as `{{text}}`; `turns` only as a whole string. */
export const PLACES: readonly string[] = [
  'text',
  'session',
  'turns',
  'items',
  'clinic',
  'purpose',
  'patientName',
  'dateOfBirth',
];

const PLACE = /\{\{(\w+)\}\}/g;

/** The name of the place of which a string consists; undefined where it holds anything else. */
export function lonePlace(text: string): string | undefined {
  return /^\{\{(\w+)\}\}$/.exec(text)?.[1];
}

/** The places in all strings of a template, or in those that count. */
export function placesIn(
  template: unknown,
  counts: (text: string) => boolean = () => true,
): string[] {
  if (typeof template === 'string') {
    return counts(template) ? [...template.matchAll(PLACE)].map(([, name = '']) => name) : [];
  }
  if (typeof template !== 'object' || template === null) return [];
  return Object.values(template).flatMap((part) => placesIn(part, counts));
}

/** What goes into the places of a template. */
export interface PlaceValues {
  readonly texts: Readonly<Record<string, string>>;
  /** Of the places that are a list where they stand alone in their string. */
  readonly lists: Readonly<Record<string, readonly unknown[]>>;
  /** Names of places that have no value yet: a field that holds one alone is left out. */
  readonly lacking?: readonly string[];
}

/** The template with its places filled. */
export function fillTemplate(template: unknown, values: PlaceValues): unknown {
  const { texts, lists, lacking = [] } = values;
  const isFilled = (part: unknown) =>
    typeof part !== 'string' || !lacking.includes(lonePlace(part) ?? '');
  const fill = (part: unknown): unknown => {
    if (typeof part === 'string') return lists[lonePlace(part) ?? ''] ?? fillText(part, texts);
    if (Array.isArray(part)) return part.filter(isFilled).map(fill);
    if (typeof part !== 'object' || part === null) return part;
    const fields = Object.entries(part).filter(([, value]) => isFilled(value));
    return Object.fromEntries(fields.map(([key, value]) => [key, fill(value)]));
  };
  return fill(template);
}

/** One string with its places filled; others stay as they are. */
export function fillText(text: string, texts: Readonly<Record<string, string>>): string {
  return text.replace(PLACE, (whole, name: string) => texts[name] ?? whole);
}
