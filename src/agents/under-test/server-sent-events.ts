/** What ends a stream, as OpenAI's API and those like it write it: no data. */
const DONE = '[DONE]';

/** The data of each event in a stream, in its order: WHATWG HTML, section 9.2.6. */
export function eventsIn(stream: string): string[] {
  return stream
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map(dataOf)
    .filter((data) => data !== '' && data !== DONE);
}

function dataOf(event: string): string {
  const lines = event.split('\n');
  const data = lines.filter((line) => line.startsWith('data:'));
  return data.map((line) => line.slice('data:'.length).replace(/^ /, '')).join('\n');
}
