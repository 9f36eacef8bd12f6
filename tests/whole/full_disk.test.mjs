// A disk that is really full, while the site serves: whoever wants to store something is told so in one sentence, nothing is half stored,
// readers notice nothing, and with room again all goes on. Where a small disk of our own cannot be mounted, a limit on the size of files
// does the same to the same programs.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { binary, folder, measured, sample, serve } from './birge.mjs'
import { csv } from './sheets.mjs'

const day = { BIRGE_NOW: '2026-11-22T06:00:00Z' }
const megabytes = 32
const outside = folder()
const disk = join(outside, 'disk')
const sheet = join(outside, 'plans.csv')
const data = join(disk, 'data')
let mounted = false
let site
let full = false

before(async () => {
  mkdirSync(disk)
  mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'birge-test', disk]).status === 0
  mkdirSync(data)
  sample(data, day)
  const header = ['ID', 'Title', 'Kind', 'Date', 'Region', 'Lead organisation', 'Status', 'Women', 'Men']
  const row = number => [`D-${number}`, `Lecture number ${number} of many`, 'lecture', '2026-11-12', 'Osh oblast', 'UNICEF', 'held', 12, 8]
  writeFileSync(sheet, csv([header, ...Array.from({ length: 6000 }, (_, i) => row(i))]))
  site = await serve(data, day)
})
after(async () => {
  await site?.stop()
  if (mounted) spawnSync('umount', ['-l', disk])
})

const database = () => statSync(join(data, 'birge.db')).size
const ballast = () => join(disk, 'ballast')

// Leaves `kilobytes` of room on the disk.
function fill (kilobytes) {
  full = kilobytes
  if (!mounted) return
  const output = openSync(ballast(), 'w')
  const piece = Buffer.alloc(64 << 10, 1)
  try { for (;;) writeSync(output, piece) } catch (error) { assert.equal(error.code, 'ENOSPC') }
  try { for (;;) writeSync(output, piece.subarray(0, 512)) } catch (error) { assert.equal(error.code, 'ENOSPC') }
  closeSync(output)
  if (kilobytes > 0) spawnSync('truncate', ['-s', `-${kilobytes}K`, ballast()])
}

function makeRoom () {
  full = false
  if (mounted) rmSync(ballast())
}

// A command as it runs on the disk as it is now.
const command = (...args) => commandOn(data, ...args)
function commandOn (data, ...args) {
  const limited = !mounted && full !== false
  return measured(data, args, { env: day, told: outside, fileBytes: limited ? Math.max(1, full) * 1024 : 0 })
}
const importing = () => command('import', 'activities', sheet, '--edition', 'sample', '--speak', 'en')
const totals = async () => (await (await fetch(`${site.address}/api/v1/activities?edition=sample&limit=1`)).json()).totals

function saysTheDiskIsFull (done) {
  assert.equal(done.code, 1, done.out + done.err)
  assert.match(done.err, /^[^\n]*disk[^\n]*full[^\n]*\n$/)
  assert.equal(done.out, '')
}

async function readersNoticeNothing () {
  for (const address of ['/healthz', '/readyz', '/ky/', '/ru/activities', '/en/figures', '/feeds/agenda-ky.ics', '/api/v1/activities?edition=sample']) {
    const answer = await fetch(site.address + address)
    assert.equal(answer.status, 200, address)
    await answer.text()
  }
}

function whole () {
  const sums = command('doctor')
  assert.equal(sums.code, 0, sums.err)
  const pages = spawnSync('python3', ['-c', 'import sqlite3, sys; print(sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True).execute("pragma integrity_check").fetchone()[0])', join(data, 'birge.db')])
  assert.equal(pages.stdout.toString(), 'ok\n', pages.stderr.toString())
}

test('the disk of these tests is as small as they think', t => {
  t.diagnostic(mounted ? `a disk of ${megabytes} MB` : 'no disk of our own: files are limited instead')
  assert.ok(database() < megabytes << 19)
})

for (const kilobytes of [0, 200, 3000]) {
  test(`an import into a disk with ${kilobytes} KB left is refused in one sentence, with nothing stored`, async () => {
    const before = await totals()
    fill(kilobytes)
    try {
      saysTheDiskIsFull(importing())
      await readersNoticeNothing()
      assert.deepEqual(await totals(), before)
      whole()
    } finally { makeRoom() }
    assert.deepEqual(await totals(), before)
  })
}

test('what cannot even open its database there says why', () => {
  const other = join(disk, 'other')
  mkdirSync(other)
  sample(other, day)
  fill(0)
  try {
    for (const name of ['serve', 'doctor']) saysTheDiskIsFull(commandOn(other, name, '--port', '0', '--speak', 'en'))
  } finally {
    makeRoom()
    rmSync(other, { recursive: true })
  }
})

test('what is written into files says that the disk is full and leaves no half file', () => {
  fill(8)
  try {
    const writing = [['backup.birge', 'backup'], ['report.html', 'report', 'sample', '--format', 'html', '--output']]
    // A workbook is put together in /tmp, where a limit on files would strike as well.
    if (mounted) writing.push(['template.xlsx', 'export', 'template', '--output'])
    for (const [file, ...args] of writing) {
      saysTheDiskIsFull(command(...args, join(disk, file), '--speak', 'en'))
      assert.deepEqual(readdirSync(disk).filter(name => name.startsWith(file)), [], 'something was left behind')
    }
  } finally { makeRoom() }
})

test('what was printed only in part is no success', () => {
  for (const command of ['report sample --format html --output -', 'request /ky/', 'export template --output /dev/full']) {
    const done = spawnSync('sh', ['-c', `"$BIRGE" ${command} --speak en > /dev/full`], { env: { PATH: process.env.PATH, ...day, DATA: data, BIRGE: binary } })
    assert.equal(done.status, 1, command)
    assert.match(done.stderr.toString(), /^[^\n]*disk[^\n]*full[^\n]*\n$/, command)
  }
})

test('with room again everything works, without a restart', async () => {
  const before = await totals()
  const done = importing()
  assert.equal(done.code, 0, done.err)
  assert.equal((await totals()).activities, before.activities + 6000)
  await readersNoticeNothing()
  whole()
})
