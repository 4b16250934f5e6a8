// A reader on the official @microsoft/signalr client, who keeps to the hub's contract: ignores what it has seen, asks when it
// sees a hole, and asks again with its position after every break. Prints a line of JSON for each thing that it is shown.
//
// node follow.mjs PACKAGES HUB FEED Plain|Negotiated
//
// A line on standard input is the address of another node's hub, to go on at. It ends when standard input does.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'

const [packages, hub, feed, door] = process.argv.slice(2)
const signalR = createRequire(packages)('@microsoft/signalr')

let connection
let position
let asking = false
let waiting = []

const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)
const jitter = () => 100 + Math.random() * 200

// One question at a time. Who isn't following hears nothing, so it asks until it is answered: by the connection that it has then.
async function follow() {
  if (asking) return
  asking = true
  for (;;) {
    const asked = connection
    const answer = await asked.invoke('Follow', feed, ...(position ? [position] : [])).catch(() => undefined)
    if (answer && asked === connection) {
      take(answer)
      return
    }
    await pause(jitter())
  }
}

function take(answer) {
  if (answer.reset) print({ reset: true })
  for (const entry of answer.entries) print({ entry })
  position = answer.position
  print({ position })
  asking = false
  const late = waiting
  waiting = []
  for (const [entry, previous] of late) updated(entry, previous)
}

function updated(entry, previous) {
  if (asking || !position) {
    waiting.push([entry, previous])
    return
  }
  const [epoch, seen] = position.split(':')
  if (entry.seq <= Number(seen)) return
  if (previous > Number(seen)) {
    follow()
    return
  }
  position = `${epoch}:${entry.seq}`
  print({ entry, position })
}

async function connect(address) {
  const left = connection
  const here = new signalR.HubConnectionBuilder()
    .withUrl(address, door === 'Plain' ? { skipNegotiation: true, transport: signalR.HttpTransportType.WebSockets } : {})
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: jitter })
    .configureLogging(signalR.LogLevel.None)
    .build()
  connection = here
  here.on('Updated', (entry, previous) => here === connection && updated(entry, previous))
  here.on('Position', (_, told) => here === connection && told !== position && follow())
  here.onreconnecting(() => here === connection && print({ state: 'reconnecting' }))
  here.onreconnected(() => {
    print({ state: 'connected' })
    follow()
  })
  await left?.stop()
  while (here === connection) {
    try {
      await here.start()
      print({ state: 'connected' })
      follow()
      return
    } catch {
      await pause(jitter())
    }
  }
}

createInterface({ input: process.stdin }).on('line', connect).on('close', () => process.exit(0))
connect(hub)
