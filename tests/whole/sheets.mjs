// Puts workbooks together byte by byte, so that the tests can make what no program would write.
import { deflateRawSync } from 'node:zlib'

const table = Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xEDB88320 : n >>> 1
  return n >>> 0
})
function checksum (bytes) {
  let sum = 0xFFFFFFFF
  for (const byte of bytes) sum = table[(sum ^ byte) & 255] ^ (sum >>> 8)
  return (sum ^ 0xFFFFFFFF) >>> 0
}

// A part is { name, packed, size, sum }: deflated already, with the size and checksum that the archive shall claim.
export const part = (name, text) => {
  const bytes = Buffer.from(text)
  return { name, packed: deflateRawSync(bytes), size: bytes.length, sum: checksum(bytes) }
}

export function archive (parts) {
  const local = []
  const central = []
  let offset = 0
  for (const { name, packed, size, sum } of parts) {
    const about = Buffer.alloc(26) // what stands in both headers: version, flags, method, time, date, checksum, sizes, lengths
    about.writeUInt16LE(20, 0)
    about.writeUInt16LE(8, 4)
    about.writeUInt16LE(33, 8)
    about.writeUInt32LE(sum, 10)
    about.writeUInt32LE(packed.length, 14)
    about.writeUInt32LE(size, 18)
    about.writeUInt16LE(name.length, 22)
    const end = Buffer.alloc(14)
    end.writeUInt32LE(offset, 10)
    local.push(Buffer.from('PK\x03\x04'), about, Buffer.from(name), packed)
    central.push(Buffer.from('PK\x01\x02\x14\x00'), about, end, Buffer.from(name))
    offset += 30 + name.length + packed.length
  }
  const list = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, list, end])
}

const escaped = text => String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relations = (...list) => head + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
  list.map(([id, kind, target]) => `<Relationship Id="${id}" Type="${office}/${kind}" Target="${target}"/>`).join('') + '</Relationships>'

// The parts of a workbook but for its one worksheet, xl/worksheets/sheet1.xml.
const frame = (strings = []) => [
  part('[Content_Types].xml', head + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'),
  part('_rels/.rels', relations(['rId1', 'officeDocument', 'xl/workbook.xml'])),
  part('xl/workbook.xml', `${head}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}"><sheets><sheet name="Plan" sheetId="1" r:id="rId1"/></sheets></workbook>`),
  part('xl/_rels/workbook.xml.rels', relations(['rId1', 'worksheet', 'worksheets/sheet1.xml'], ['rId2', 'sharedStrings', 'sharedStrings.xml'])),
  part('xl/sharedStrings.xml', `${head}<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${strings.map(text => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`)
]
const worksheet = 'xl/worksheets/sheet1.xml'
const begin = `${head}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`

// A cell is a text, a number, { formula, value }, or { shared }: the number of one of the texts that all cells share.
const cell = value => typeof value === 'number' ? `<c><v>${value}</v></c>`
  : value.shared !== undefined ? `<c t="s"><v>${value.shared}</v></c>`
  : value.formula ? `<c t="str"><f>${escaped(value.formula)}</f><v>${escaped(value.value)}</v></c>`
    : `<c t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
export const workbook = (rows, strings) => archive([...frame(strings),
  part(worksheet, begin + rows.map(row => `<row>${row.map(cell).join('')}</row>`).join('') + '</sheetData></worksheet>')])

// A workbook whose worksheet goes on with `megabytes` of zeros. Pieces that were flushed fully can be put one behind the other, so that only
// one of them has to be deflated. `claimed`: the size the archive says it has; 0: the true one.
export function bomb (megabytes, claimed = 0) {
  const piece = deflateRawSync(Buffer.alloc(64 << 20), { finishFlush: 3 /* Z_FULL_FLUSH */ })
  const packed = Buffer.concat([deflateRawSync(Buffer.from(begin), { finishFlush: 3 }), ...Array(megabytes / 64).fill(piece), deflateRawSync(Buffer.alloc(0))])
  const size = begin.length + megabytes * (1 << 20)
  return archive([...frame(), { name: worksheet, packed, size: claimed || Math.min(size, 0xFFFFFFFE), sum: 0 }])
}

export const csv = (rows, delimiter = ',') => rows.map(row => row.map(value => /["\n\r,;\t]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : value).join(delimiter) + '\r\n').join('')
