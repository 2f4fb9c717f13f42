/** A field of a form, or a file in it. */
export interface FormPart {
  readonly name: string;
  readonly filename: string | undefined;
  readonly text: string;
}

/** The parts of a `multipart/form-data` body that holds text alone; none where it is no such body. */
export function readMultipart(contentType: string, body: string): FormPart[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return [];
  const parts = body.split(`--${boundary}`).slice(1, -1);
  return parts.map((part) => {
    const end = part.indexOf('\r\n\r\n');
    const head = part.slice(0, end);
    return {
      name: /\bname="([^"]*)"/i.exec(head)?.[1] ?? '',
      filename: /\bfilename="([^"]*)"/i.exec(head)?.[1],
      text: part.slice(end + '\r\n\r\n'.length, -'\r\n'.length),
    };
  });
}
