// What two parsers of npm make of an X12 file: node x12.js package file [count]
//
// Prints a line for each service line (837) or service payment (835): the claim's number
// and the first elements of the service, components parted by ":".  count: only how many
// segments there are, and the seconds that it took.
const fs = require('fs');
const [name, file, count] = process.argv.slice(2);

function byNodeX12(segment) {
  const { X12Parser } = require('node-x12');
  const parsed = new X12Parser(false).parse(fs.readFileSync(file, 'utf8'));
  for (const interchange of parsed.interchanges || [parsed]) {
    for (const group of interchange.functionalGroups) {
      for (const set of group.transactions) {
        for (const s of set.segments) segment(s.tag, (i) => (s.elements[i - 1] || { value: '' }).value);
      }
    }
  }
  return Promise.resolve();
}

function byX12Parser(segment) {
  const { X12parser } = require('x12-parser');
  return new Promise((resolve, reject) => {
    const element = (s, i) => {
      const parts = [s[i] || ''];
      for (let n = 1; s[`${i}-${n}`] !== undefined; n++) parts.push(s[`${i}-${n}`]);
      return parts.join(':');
    };
    fs.createReadStream(file).pipe(new X12parser()).on('data', (s) => segment(s.name, (i) => element(s, i)))
      .on('end', resolve).on('error', reject);
  });
}

const start = process.hrtime.bigint();
let segments = 0;
let claim = '';
let line = '';
const rows = [];
(name === 'node-x12' ? byNodeX12 : byX12Parser)((tag, element) => {
  segments++;
  if (count) return;
  if (tag === 'CLM' || tag === 'CLP') claim = element(1);
  if (tag === 'LX') line = element(1);
  if (tag === 'SV1') rows.push([claim, line, element(1), element(2), element(4)]);
  if (tag === 'SVC') rows.push([claim, '', element(1), element(2), element(3)]);
}).then(() => {
  if (count) console.log(segments, Number(process.hrtime.bigint() - start) / 1e9);
  else console.log(rows.map((row) => row.join('|')).join('\n'));
}).catch((error) => { console.error(String(error)); process.exit(1); });
