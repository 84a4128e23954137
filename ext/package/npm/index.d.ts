/** The path of the library for this machine, to hand to whatever loads extensions. */
export function getLoadablePath(): string;

/** Adds h2040's functions and tables to a connection. */
export function load(db: { loadExtension(file: string): unknown }): void;
