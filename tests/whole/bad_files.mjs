// Files that no import takes, for the tests of the command and of the page.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './birge.mjs'
import { bomb, csv, workbook } from './sheets.mjs'

// A generator that repeats itself, so that a failure can be seen again.
function noise (bytes) {
  const made = Buffer.alloc(bytes)
  let state = 2463534242
  for (let i = 0; i < bytes; i++) {
    state ^= state << 13; state ^= state >>> 17; state ^= state << 5
    made[i] = state & 255
  }
  return made
}

function compound (stream) {
  return Buffer.concat([Buffer.from('D0CF11E0A1B11AE1', 'hex'), Buffer.alloc(1016), Buffer.from(stream, 'utf16le'), Buffer.alloc(3000)])
}

const columns = Array.from({ length: 10_000 }, (_, i) => `Колонка, номер ${i}`)
// [what it is, its name and bytes, the English sentence in which it is refused].
export const badFiles = [
  ['an empty file', () => ['empty.csv', ''], /empty/],
  ['a truncated workbook', () => ['cut.xlsx', readFileSync(join(root, 'tests/data/plans-messy.xlsx')).subarray(0, 3000)], /cut off/],
  ['a workbook with a password', () => ['secret.xlsx', compound('EncryptedPackage')], /password/],
  ['an old workbook under the new name', () => ['old.xlsx', compound('Workbook')], /\.xls\)/],
  ['binary noise called a workbook', () => ['noise.xlsx', noise(300_000)], /neither a table/],
  ['binary noise called CSV', () => ['noise.csv', noise(300_000)], /neither a table/],
  ['binary noise that begins like a workbook', () => ['pk.xlsx', Buffer.concat([Buffer.from('PK\x03\x04'), noise(300_000)])], /damaged/],
  ['a workbook that unpacks to 4 GB and says so', () => ['bomb.xlsx', bomb(4096)], /unpacks to far more/],
  ['a workbook that unpacks to 4 GB and says it is small', () => ['sly.xlsx', bomb(4096, 4000)], /unpacks to far more|damaged/],
  ['CSV with 10,000 columns', () => ['wide.csv', csv([columns, columns], ';').replaceAll('"', '')], /more than 1,000 columns/],
  ['a workbook with 10,000 columns', () => ['wide.xlsx', workbook([columns, columns])], /more than 1,000 columns/],
  ['a table about something else', () => ['else.csv', csv([['Goods', 'Price'], ['Apples', 12], ['Pears', 14]])], /no table of activities/],
  ['a web page called CSV', () => ['page.csv', '<html><body><table><tr><td>Title</td></tr></table></body></html>'], /document, not a table/]
]
