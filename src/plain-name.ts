/**
 * What an id or a name may be that stands between slashes in the id of a dialogue, or in the name of
 * a file: letters, digits, dots, dashes and underscores, and neither `.` nor `..`, which are folders.
 */
export const PLAIN_NAME = /^(?!\.{1,2}$)[\w.-]+$/;
