import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { folder, run, sample, serve } from './birge.mjs'

let data
before(() => { data = sample() })

const words = file => spawnSync('pdftotext', ['-layout', file, '-']).stdout.toString()
const pages = file => Number(spawnSync('pdfinfo', [file]).stdout.toString().match(/Pages:\s+(\d+)/)[1])

test('an unknown edition, format, region or date is one clear sentence and exit code 1', () => {
  for (const args of [['nothing', '--format', 'html'], ['sample', '--format', 'docx'], ['sample', '--format', 'html', '--region', 'nowhere'],
    ['sample', '--format', 'html', '--from', '2018-13-01'], ['sample', '--format', 'html', '--texts', '/nowhere.md']]) {
    const done = run(data, ['report', ...args, '--output', '-'])
    assert.equal(done.code, 1, args.join(' '))
    assert.equal(done.err.trim().split('\n').length, 1)
    assert.equal(done.out, '')
  }
})

test('without WeasyPrint a PDF is one clear sentence', () => {
  const empty = join(data, 'no-programs')
  mkdirSync(empty)
  const done = run(data, ['report', 'sample', '--format', 'pdf', '--output', join(data, 'none.pdf')], { env: { PATH: empty } })
  assert.equal(done.code, 1)
  assert.match(done.err, /WeasyPrint/)
  assert.equal(done.err.trim().split('\n').length, 1)
})

test('the PDF stays under 60 pages, numbers them in the contents and keeps ң, ө and ү', () => {
  const file = join(data, 'ky.pdf')
  const texts = join(data, 'texts.md')
  writeFileSync(texts, '# Баш сөз\nӨнөктүк жаңы күчтөрдү бириктирди.\n\n# Выводы\nВместе получается лучше.\n')
  assert.equal(run(data, ['report', 'sample', '--format', 'pdf', '--language', 'ky', '--texts', texts, '--output', file]).code, 0)
  assert.ok(pages(file) < 60)
  const text = words(file)
  for (const word of ['Өнөктүк', 'жаңы', 'күчтөрдү', 'Ысык-Көл', 'Вместе получается лучше']) assert.ok(text.includes(word), word)
  assert.match(text, /\.{10,}\s*\d+/)
  const marked = text.split('\f').filter(page => page.trim()).filter(page => !/үлгү/i.test(page))
  assert.equal(marked.length, 0, 'every page is marked as sample data')
})

// The text of each sheet.
const sheets = file => words(file).split('\f').slice(0, -1)

test('the cover and the contents are one sheet each, however much stands on them', () => {
  for (const [name, edition, language, more] of [['long', '2017', 'ky', []], ['part', 'sample', 'ru', ['--region', 'naryn', '--from', '2026-09-15', '--to', '2026-10-15']]]) {
    const file = join(data, `${name}.pdf`)
    assert.equal(run(data, ['report', edition, '--format', 'pdf', '--language', language, ...more, '--output', file]).code, 0)
    const [cover, contents, summary] = sheets(file)
    assert.match(cover, /абалы боюнча|По состоянию на/, 'the last line of the cover')
    assert.match(contents, /(Мазмуну|Содержание)[^]*(Маалыматтын булактары|Источники данных)/)
    assert.match(summary, /^\s*(Кыскача|Коротко|Учебные)/)
  }
})

test('a PDF in Kyrgyz has no invisible characters in its words', () => {
  for (const args of [['2017'], ['sample', '--plan', '--region', 'naryn']]) {
    const file = join(data, 'words.pdf')
    assert.equal(run(data, ['report', ...args, '--format', 'pdf', '--language', 'ky', '--output', file]).code, 0)
    const text = words(file)
    assert.doesNotMatch(text, /[\u00ad\u200b\u2060\ufeff]/)
    assert.match(text, /\d-ноябрь|\d-октябрь|\d-сентябрь/)
  }
})

for (const language of ['ky', 'ru']) {
  test(`the PDF in ${language} has all its fonts in it, and figures that are drawn, not photographed`, () => {
    const figures = run(data, ['report', 'sample', '--format', 'html', '--language', language, '--output', '-']).out
    assert.ok([...figures.matchAll(/<svg [^>]*role="img"/g)].length > 5, 'maps and charts')
    const file = join(data, `fonts-${language}.pdf`)
    assert.equal(run(data, ['report', 'sample', '--format', 'pdf', '--language', language, '--output', file]).code, 0)
    const fonts = spawnSync('pdffonts', [file]).stdout.toString().trim().split('\n').slice(2)
    assert.ok(fonts.length > 0)
    for (const font of fonts) assert.equal(font.trim().split(/\s+/).at(-5), 'yes', `not embedded: ${font}`)
    const listed = spawnSync('pdfimages', ['-list', file])
    assert.equal(listed.status, 0)
    const pictures = listed.stdout.toString().trim().split('\n').slice(2)
    assert.deepEqual(pictures, [], 'no figure is a bitmap')
    for (const [index, sheet] of sheets(file).entries())
      assert.ok(sheet.split('\n').filter(line => line.trim()).length > 9, `a few lines alone on sheet ${index + 1}: ${sheet}`)
  })
}

test('the workbook is a whole archive and says no more than it should', () => {
  const file = join(data, 'report.xlsx')
  assert.equal(run(data, ['report', 'sample', '--format', 'xlsx', '--language', 'ru', '--output', file]).code, 0)
  assert.equal(spawnSync('unzip', ['-tqq', file]).status, 0)
})

test('html goes to standard output and loads nothing', () => {
  const done = run(data, ['report', 'sample', '--format', 'html', '--language', 'en', '--region', 'naryn', '--from', '2026-09-11', '--to', '2026-10-10', '--output', '-'])
  assert.equal(done.code, 0)
  assert.match(done.out, /^<!doctype html>/)
  assert.doesNotMatch(done.out, /<(link|script|img)/)
  assert.match(done.out, /Naryn oblast/)
})

test('the plan sheet carries the head that an authority signs', () => {
  const file = join(data, 'plan.pdf')
  assert.equal(run(data, ['report', 'sample', '--plan', '--format', 'pdf', '--language', 'ky', '--region', 'talas', '--output', file]).code, 0)
  assert.match(words(file), /БЕКИТЕМ \/ УТВЕРЖДАЮ/)
  const size = spawnSync('pdfinfo', [file]).stdout.toString().match(/Page size:\s+([\d.]+) x ([\d.]+)/)
  assert.ok(Number(size[1]) > Number(size[2]), 'landscape')
})

test('the signatures of a plan never stand on a sheet without rows of the plan', () => {
  for (const region of ['naryn', 'talas', 'batken']) {
    const file = join(data, 'signed.pdf')
    assert.equal(run(data, ['report', 'sample', '--plan', '--format', 'pdf', '--language', 'ky', '--region', region, '--output', file]).code, 0)
    const last = sheets(file).at(-1)
    assert.match(last, /Түзгөн[^]*Макулдашылды/, region)
    assert.ok([...last.matchAll(/^ *\d+ +\d\d\.\d\d\.\d{4}/gm)].length > 1, `${region}: ${last}`)
  }
})

test('texts in the data folder are found by themselves', () => {
  writeFileSync(join(data, 'report-2018.md'), '# Рекомендации\nПроводить кампанию каждый год.\n')
  const done = run(data, ['report', '2018', '--format', 'html', '--language', 'ru', '--output', '-'])
  assert.match(done.out, /Проводить кампанию каждый год/)
  assert.match(run(data, ['request', '/ru/report?edition=2018']).out, /Проводить кампанию каждый год/)
})

test('the page offers its workbook, and both are public ones', () => {
  const page = run(data, ['request', '/ky/report?edition=sample'])
  assert.equal(page.code, 0)
  const link = page.out.match(/href="(\/feeds\/report\/[^"]+\.xlsx)"/)[1]
  const file = join(data, 'page.xlsx')
  const book = run(data, ['request', link])
  writeFileSync(file, book.bytes)
  assert.equal(spawnSync('unzip', ['-tqq', file]).status, 0)
  assert.equal(readFileSync(file).subarray(0, 2).toString(), 'PK')
})

test('the page offers the whole report as a PDF, of a region too, and not of some days', () => {
  for (const [page, language, said] of [['/ky/report?edition=sample', 'ky', /Мазмуну/], ['/ru/report?edition=sample&place=naryn', 'ru', /Нарын/]]) {
    const link = run(data, ['request', page]).out.match(/href="(\/feeds\/report\/[^"]+\.pdf[^"]*)"/)[1].replaceAll('&amp;', '&')
    const made = run(data, ['request', link])
    assert.equal(made.code, 0)
    const file = join(data, `page-${language}.pdf`)
    writeFileSync(file, made.bytes)
    assert.match(words(file), said)
    assert.doesNotMatch(words(file), /Каралама|Черновик/, 'what is still to be written is said to whoever makes it, not to the public')
  }
  assert.doesNotMatch(run(data, ['request', '/ky/report?edition=sample&from=2026-09-20']).out, /\.pdf/)
  const refused = run(data, ['request', '/feeds/report/sample-ru.pdf?from=2026-09-20'])
  assert.notEqual(refused.code, 0)
  assert.match(refused.out, /айрым күндөрдүкү жок/)
})

const making = pid => spawnSync('pgrep', ['-P', pid]).stdout.toString().trim()

test('a server makes a PDF once, says that nothing changed, and ends in peace while it makes another', async () => {
  const site = await serve(data)
  const address = `${site.address}/feeds/report/sample-en.pdf`
  const first = await fetch(address)
  assert.equal(first.status, 200)
  assert.equal(first.headers.get('content-type'), 'application/pdf')
  const bytes = Buffer.from(await first.arrayBuffer())
  assert.deepEqual(Buffer.from(await (await fetch(address)).arrayBuffer()), bytes, 'made anew it would bear another date inside')
  assert.equal((await fetch(address, { headers: { 'If-None-Match': first.headers.get('etag') } })).status, 304)
  assert.equal(making(site.pid), '')

  const another = fetch(`${site.address}/feeds/report/sample-en.pdf?place=osh`)
  for (let i = 0; !making(site.pid); ++i) {
    assert.ok(i < 200, 'WeasyPrint was not started')
    await pause(10)
  }
  const stopped = site.stop()
  assert.equal((await another).status, 200)
  assert.equal(await stopped, 0)
  assert.equal(making(site.pid), '')
})

test('whoever asks for one document after the other waits a minute, and nobody hears what is missing on the server', async () => {
  const empty = join(data, 'nothing-installed')
  mkdirSync(empty)
  const site = await serve(data, { PATH: empty })
  const statuses = []
  for (const place of ['', 'osh', 'osh-city', 'batken', 'naryn', 'talas', 'chuy', 'bishkek', 'issyk-kul', 'jalal-abad', ''])
    statuses.push(await fetch(`${site.address}/feeds/report/sample-ru.pdf${place && `?place=${place}`}`))
  assert.deepEqual(statuses.map(each => each.status), [...Array(10).fill(503), 429])
  assert.equal(statuses.at(-1).headers.get('retry-after'), '60')
  const told = await statuses[0].text()
  assert.match(told, /PDF/)
  assert.doesNotMatch(told, /WeasyPrint|apt/)
  assert.match(site.log(), /WeasyPrint/)
  await site.stop()
})

test('a folder with nothing in it has no report', () => {
  const done = run(folder(), ['report', 'sample', '--format', 'html', '--output', '-'])
  assert.equal(done.code, 1)
})
