import type { Entry, Followed } from './entry.js';
import { HubConnection, type HubTimes } from './hub-connection.js';
import type { Follower, Line, LineEvents } from './line.js';

/** When the server forbids to come back, in milliseconds. The reader's page still wants its news, so it asks again, but not soon. */
const FORBIDDEN_FOR = 120_000;

/** The hub over one WebSocket, which all of a page's feeds share. */
export class SocketLine implements Line {
  readonly kind = 'socket';
  /** The last call of each follower; an answer to an earlier one is passed over. */
  private readonly calls = new Map<Follower, { served: boolean }>();
  readonly hub: HubConnection;

  constructor(
    server: URL,
    private readonly events: LineEvents,
    times?: HubTimes,
    openSocket?: (url: string) => WebSocket,
  ) {
    this.hub = new HubConnection(hubAddress(server), {
      opened: () => { events.opened(); },
      called: (target, args) => { this.called(target, args); },
      // Only to those whom it keeps up to date the server says something every 10 s.
      isDead: () => [...this.calls.values()].some((call) => call.served),
      closed: (comeBack) => { events.closed(comeBack ? 0 : FORBIDDEN_FOR); },
    }, times, openSocket);
  }

  get isSilent(): boolean {
    return this.hub.isSilent;
  }

  follow(follower: Follower, position: string | null): void {
    const call = { served: false };
    this.calls.set(follower, call);
    this.hub.call('Follow', [follower.feed, position], (answer, refusal) => {
      call.served = refusal === undefined;
      this.events.answered(!call.served);
      if (this.calls.get(follower) !== call) return;
      // SignalR puts words of its own before the server's.
      if (refusal === undefined) follower.followed(answer as Followed);
      else follower.refused(refusal.replace(/^.*HubException: /, ''));
    });
  }

  unfollow(follower: Follower): void {
    if (!this.calls.delete(follower) || [...this.calls.keys()].some((other) => other.feed === follower.feed)) return;
    // The others' news come through the same line: only this feed's end.
    this.hub.call('Unfollow', [follower.feed], () => undefined);
  }

  close(): void {
    this.calls.clear();
    this.hub.close();
  }

  private called(target: string, args: readonly unknown[]): void {
    if (target === 'Reconnect') this.events.leaving(Number(args[0]));
    else if (target === 'Updated') {
      const entry = args[0] as Entry;
      this.tell(entry.feed, (follower) => { follower.updated(entry, args[1] as number); });
    } else if (target === 'Position') this.tell(args[0] as string, (follower) => { follower.told(args[1] as string); });
  }

  private tell(feed: string, tell: (follower: Follower) => void): void {
    for (const follower of this.calls.keys()) if (follower.feed === feed) tell(follower);
  }
}

/** The hub's address, with what the server's own address asks with: a partner's key goes along. */
function hubAddress(server: URL): string {
  return new URL('/hubs/ticker' + server.search, server).href.replace(/^http/, 'ws');
}
