// What programs that others wrote make of LiveFeed's feeds. Prints what they understood as JSON.
//
// node read.mjs PACKAGES rss ADDRESS        the items that rss-parser reads
// node read.mjs PACKAGES ninjs ADDRESS SCHEMA   what ajv finds wrong by IPTC's schema
// node read.mjs PACKAGES oembed ADDRESS     what @extractus/oembed-extractor finds for a page
// node read.mjs PACKAGES events ADDRESS     a line for each event that eventsource is told; ends when standard input does
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [packages, what, address, schema] = process.argv.slice(2)
const require = createRequire(packages)
const print = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`)

const readers = {
  async rss() {
    const Parser = require('rss-parser')
    print(await new Parser().parseURL(address))
  },
  async ninjs() {
    const Ajv = require('ajv/dist/2020').default
    const ajv = new Ajv({ allErrors: true, strict: false })
    require('ajv-formats').default(ajv)
    // The schema points at that of GeoJSON, for places; there are none here.
    ajv.addSchema({}, 'https://geojson.org/schema/GeoJSON.json')
    const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')))
    validate(await (await fetch(address)).json())
    print(validate.errors ?? [])
  },
  async oembed() {
    const { extract } = await import(pathToFileURL(require.resolve('@extractus/oembed-extractor')).href)
    print(await extract(address, { maxwidth: 400 }))
  },
  async events() {
    const { EventSource } = require('eventsource')
    const source = new EventSource(address)
    for (const name of ['reset', 'updated']) {
      source.addEventListener(name, (event) => print({ name, id: event.lastEventId, data: JSON.parse(event.data) }))
    }
    process.stdin.on('end', () => process.exit(0)).resume()
  },
}

await readers[what]()
