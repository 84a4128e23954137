'use strict';

const fs = require('fs');
const path = require('path');

// Whether this process runs on musl, as on Alpine: its loader is mapped then.
function onMusl() {
  try {
    return process.platform === 'linux' && fs.readFileSync('/proc/self/maps', 'latin1').includes('/ld-musl-');
  } catch {
    return false;
  }
}

// The path of the library for this machine, to hand to whatever loads extensions.
exports.getLoadablePath = function getLoadablePath() {
  const platform = `${process.platform}-${process.arch}${onMusl() ? '-musl' : ''}`;
  const suffix = { darwin: 'dylib', win32: 'dll' }[process.platform] || 'so';
  const file = path.join(__dirname, platform, `h2040.${suffix}`);
  if (!fs.existsSync(file)) {
    const platforms = fs.readdirSync(__dirname).filter((name) => /^[a-z0-9]+-[a-z0-9]+(-musl)?$/.test(name));
    throw new Error(`h2040: no library for ${platform} in this package, only for ${platforms.join(', ')}`);
  }
  return file;
};

// Adds h2040's functions and tables to a connection: better-sqlite3, node:sqlite
// (opened with allowExtension: true), bun:sqlite, libsql.
exports.load = function load(db) {
  db.loadExtension(exports.getLoadablePath());
};
