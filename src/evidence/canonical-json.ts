import { hash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';

/**
 * A value as canonical JSON (RFC 8785): members by the UTF-16 code units of their names, numbers and
 * texts as ECMAScript writes them, no space. One deviation: lone surrogates, which the RFC refuses,
 * stand as `JSON.stringify` escapes them, since transcripts of real bots hold some.
 * @param value as `JSON.parse` gives it
 */
export function canonicalJson(value: unknown): string {
  return canonicalize(value);
}

/** SHA-256 of a text's UTF-8, 64 hex digits. */
export function sha256(text: string): string {
  return hash('sha256', text);
}
