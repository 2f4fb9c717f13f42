const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function ordinal(day: number): string {
  const teen = day > 10 && day < 14;
  const ending = teen ? undefined : ['th', 'st', 'nd', 'rd'][day % 10];
  return `${day}${ending ?? 'th'}`;
}

/** An ISO date as people say it on the phone: "14th of March 1958" or "14 March 58". */
export function spokenDate(iso: string, style: 'ordinal' | 'plain'): string {
  const [year = '', month = '', day = ''] = iso.split('-');
  const name = MONTHS[Number(month) - 1] ?? month;
  return style === 'ordinal'
    ? `${ordinal(Number(day))} of ${name} ${year}`
    : `${Number(day)} ${name} ${year.slice(2)}`;
}
