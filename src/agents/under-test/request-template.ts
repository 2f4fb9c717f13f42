/** What can stand in a request, as `{{text}}`; {@link isListPlace} only as a whole string. */
export const PLACES: readonly string[] = [
  'text',
  'session',
  'turns',
  'clinic',
  'purpose',
  'patientName',
  'dateOfBirth',
];

const PLACE = /\{\{(\w+)\}\}/g;
const LIST_PLACE = '{{turns}}';

export function isListPlace(text: string): boolean {
  return text === LIST_PLACE;
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

/** The template with its places filled. */
export function fillTemplate(
  template: unknown,
  texts: Readonly<Record<string, string>>,
  turns: readonly unknown[],
): unknown {
  const fill = (part: unknown): unknown => {
    if (typeof part === 'string') return isListPlace(part) ? turns : fillText(part, texts);
    if (Array.isArray(part)) return part.map(fill);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, fill(value)]));
  };
  return fill(template);
}

/** One string with its places filled; others stay as they are. */
export function fillText(text: string, texts: Readonly<Record<string, string>>): string {
  return text.replace(PLACE, (whole, name: string) => texts[name] ?? whole);
}
