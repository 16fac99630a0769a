// How long anybody else had to wait for the event loop, from here until it is stopped. In milliseconds.
export function watchLoop() {
  let [longest, last] = [0, performance.now()]
  const pulse = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 5)
    last = performance.now()
  }, 5)
  return () => {
    clearInterval(pulse)
    return longest
  }
}
