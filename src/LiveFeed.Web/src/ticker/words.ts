/** All that the element says by itself; everything else comes from the newsroom. */
export const words = {
  entries: 'Live updates',
  connecting: 'Connecting…',
  live: 'Live',
  polled: 'Checked every few seconds',
  closed: 'Closed',
  reconnecting: 'Reconnecting…',
  offline: (time: string) => `Offline: showing ${time}`,
  refused: (reason: string) => `Not available now: ${reason}`,
  more: 'Show more',
  loading: 'Loading…',
  moreFailed: 'Earlier items could not be loaded. Try again.',
  withdrawn: ['This item was withdrawn at ', '.'],
} as const;
