import { register } from 'node:module';

/** Packages of LangChain, which a module may use from wherever its file lies. */
const OURS = String.raw`^(@langchain\/(core|langgraph)|langchain)(\/|$)`;

const HOOK = `
let ours;
export const initialize = (from) => { ours = from; };
export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || !/${OURS}/.test(specifier)) throw error;
    return next(specifier, { ...context, parentURL: ours });
  }
}`;

/**
 * From here on an import of LangChain or LangGraph that is found nowhere beside a module's file is that
 * of matrix-sim; a project that has its own keeps it.
 */
export function lendPackages(): void {
  register(`data:text/javascript,${encodeURIComponent(HOOK)}`, { data: import.meta.url });
}
