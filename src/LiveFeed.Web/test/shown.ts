/** What a list shows, top down: `id@seq`, with a minus before a tombstone. The article in each slot must be the slot's own. */
export function shown(root: HTMLElement): string[] {
  return [...root.querySelectorAll<HTMLElement>('.feed-slot')].map((slot) => {
    const { id = '', seq = '' } = slot.dataset;
    if (slot.children.length !== 1 || slot.firstElementChild?.id !== `entry-${id}`) throw new Error(`The slot of ${id} holds something else.`);
    return `${slot.querySelector('.entry-retracted') ? '-' : ''}${id}@${seq}`;
  });
}
