/**
 * Runs in the page: times each interaction, from the key or the finger to the next paint, under the name that `begin` gave it.
 * Browsers tell of those that take 16 ms or longer, rounded to 8 ms; what they don't tell of took 16 at most.
 */
export function watch() {
  const SHORTEST = 16;
  let interactions = [];
  let longTasks = [];
  const stepAt = new Map();
  window.watched = {
    begin(name) { interactions.push({ name, took: SHORTEST }); },
    forget() { [interactions, longTasks] = [[], []]; },
    tell: () => ({ interactions, longTasks }),
  };
  for (const type of ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'keydown', 'keypress', 'keyup']) {
    addEventListener(type, ({ timeStamp }) => { stepAt.set(timeStamp, interactions.at(-1)); }, { capture: true, passive: true });
  }
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      const step = stepAt.get(startTime);
      if (step) step.took = Math.max(step.took, duration);
    }
  }).observe({ type: 'event', durationThreshold: SHORTEST, buffered: true });
  new PerformanceObserver((list) => { longTasks.push(...list.getEntries().map(({ duration }) => Math.round(duration))); }).observe({ type: 'longtask', buffered: true });
}
