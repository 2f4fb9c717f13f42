import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** One cell as a person types into it: `5` becomes a number, `=1+1` a formula. */
export interface TypedCell {
  readonly sheet: string;
  /** As `B7`. */
  readonly cell: string;
  readonly text: string;
}

/** Whether LibreOffice is here to be driven. */
export const hasSoffice = spawnSync('soffice', ['--version']).status === 0;

/** Stands for a line break where a line is a cell. */
const BREAK = '\u2424';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const LIBRARY = 'xmlns:library="http://openoffice.org/2000/library"';

const MACRO = `
Sub Fill(book As String, cells As String, report As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  Dim xlsx(0) As New com.sun.star.beans.PropertyValue
  xlsx(0).Name = "FilterName" : xlsx(0).Value = "Calc MS Excel 2007 XML"
  files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  said = createUnoService("com.sun.star.io.TextOutputStream")
  said.setOutputStream(files.openFileWrite(report))
  On Error GoTo Failed
  doc = StarDesktop.loadComponentFromURL(book, "_blank", 0, hidden())
  lines = createUnoService("com.sun.star.io.TextInputStream")
  lines.setInputStream(files.openFileRead(cells))
  lines.setEncoding("UTF-8")
  Do While Not lines.isEOF()
    parts = Split(lines.readLine(), Chr(9))
    If UBound(parts) = 2 Then
      sheet = doc.Sheets.getByName(parts(0))
      cell = sheet.getCellRangeByName(parts(1))
      If sheet.isProtected() And cell.CellProtection.IsLocked Then
        said.writeString(parts(0) & " " & parts(1) & " is locked. ")
      Else
        cell.setFormula(Join(Split(parts(2), "${BREAK}"), Chr(10)))
      End If
    End If
  Loop
  doc.storeToURL(book, xlsx())
  doc.close(True)
  said.writeString("done")
Failed:
  If Err <> 0 Then said.writeString(Error$)
  said.closeOutput()
  StarDesktop.terminate()
End Sub
`;

/**
 * Types into the cells of a workbook by LibreOffice, which then saves it in its own way.
 * @throws Error where a cell is locked, or LibreOffice fails
 */
export function fillWorkbook(file: string, cells: readonly TypedCell[]): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'fill-workbook-'));
  const list = path.join(folder, 'cells.txt');
  const report = path.join(folder, 'report.txt');
  writeFileSync(list, cells.map(lineOf).join(''));
  const urls = [file, list, report].map((each) => `"${pathToFileURL(each).href}"`);
  soffice(profile(), `macro:///Standard.Fill.Fill(${urls.join(',')})`);
  const said = existsSync(report) ? readFileSync(report, 'utf8') : 'no macro was run';
  if (said !== 'done') throw new Error(`LibreOffice did not fill ${file}: ${said}`);
}

/** Opens a workbook by LibreOffice and saves it as another file. @returns its path */
export function resaveWorkbook(file: string): string {
  const out = path.join(path.dirname(file), 'saved');
  soffice(profile(), '--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', out, file);
  return path.join(out, path.basename(file));
}

let known: string | undefined;

/** A profile of its own, so that no other LibreOffice is asked, nor asks this one. */
function profile(): string {
  if (known !== undefined && existsSync(known)) return known;
  known = mkdtempSync(path.join(tmpdir(), 'soffice-'));
  // A new profile is laid out at the first start, over whatever stands there.
  soffice(known, '--terminate_after_init');
  installMacro(known);
  return known;
}

function soffice(folder: string, ...args: readonly string[]): void {
  const own = ['--headless', '--norestore', `-env:UserInstallation=${pathToFileURL(folder).href}`];
  const { status, stderr } = spawnSync('soffice', [...own, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`soffice ended with ${status}: ${stderr}`);
}

function lineOf({ sheet, cell, text }: TypedCell): string {
  return `${sheet}\t${cell}\t${text.replaceAll('\n', BREAK)}\n`;
}

function installMacro(folder: string): void {
  const basic = path.join(folder, 'user', 'basic');
  mkdirSync(path.join(basic, 'Standard'), { recursive: true });
  const write = (name: string, root: string, text: string) =>
    writeFileSync(path.join(basic, name), `${HEAD}<!DOCTYPE ${root} SYSTEM "">\n${text}\n`);
  write(
    'script.xlc',
    'library:libraries',
    `<library:libraries ${LIBRARY}><library:library library:name="Standard" library:link="false"/></library:libraries>`,
  );
  write(
    'Standard/script.xlb',
    'library:library',
    `<library:library ${LIBRARY} library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element library:name="Fill"/></library:library>`,
  );
  write(
    'Standard/Fill.xba',
    'script:module',
    `<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Fill" script:language="StarBasic">${escaped(MACRO)}</script:module>`,
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
