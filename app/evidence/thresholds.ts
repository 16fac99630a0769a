// Every number a signal goes by, in one place, each with where it comes from. "Ours": a judgement of this project, chosen so
// that honest visits with bad GPS, wrong clocks and houses side by side stay quiet; test/support holds such visits.
const MINUTE = 60_000

export const THRESHOLDS = {
  // Whom a visit is held against. 8 by 2: the fewest at which a median and its spread say anything, and at which no single
  // officer is the norm (ours). The newest 120, at most 30 of one officer, so that the busiest is not the norm either.
  peers: { visits: 8, officers: 2, newest: 120, ofOneOfficer: 30 },
  // z: Iglewicz & Hoaglin 1993. factor: and at least twice or half the usual, because where all take equally long a trifle has a
  // high score (ours). slope: minutes grow with people, at most by half for each (ours); below 12 peers no slope is believed.
  duration: { z: 3.5, factor: 2, slopeFrom: 12, steepest: 0.4, strongZ: 7 },
  // 154 questions with nine photos take longer in any hands (seed note 3; the former SIKS flagged the same).
  shortMs: 5 * MINUTE,
  // Open sky gives 3–10 m, a phone without a fix of its own (cell, Wi-Fi) 50 m and more.
  accuracyM: 50,
  // Prelist points were often taken at the road or the head of the hamlet's; beyond that, three times what is usual here (ours).
  // A point nearer than a hand's breadth is not another fix but the same digits.
  prelist: { sameM: 0.05, hintM: 500, lookM: 2000, timesUsual: 3 },
  // A desa of Java measures 2–4 km across, elsewhere ten times that: so at least 5 km and four times the usual (ours).
  village: { farM: 5000, timesUsual: 4, points: 5 },
  // Two fixes at one spot differ by metres; equal to a metre is chance in one of a hundred pairs of houses wall to wall.
  samePoint: { sameM: 1.5, nearM: 10, near: 5, timesUsual: 3 },
  // Faster than any road in a desa; below a kilometre beyond both accuracies a wrong fix explains it.
  speed: { kmh: 90, leastM: 1000, leastMs: 10_000 },
  // What two interviews take together beyond the time there was. Without JavaScript a page counts up to ten minutes by itself.
  overlap: { excessMs: 10 * MINUTE, share: 0.25, apartM: 100, spanMs: 2 * MINUTE, withinMs: 24 * 60 * MINUTE },
  // Local hours in which nobody is asked to open the door.
  night: { from: 21, to: 5 },
  // A clock set by hand is minutes off; a fix or a photo may lie a little before the page was opened.
  clockMs: 10 * MINUTE,
  jumpMs: 2 * MINUTE,
  // Nine subjects in and around a house, from the KTP to the toilet.
  burst: { photos: 8, ms: 45_000 },
  // Percent of a photo that is black or white throughout, and how many walls, roofs and floors of one house may be so: a plain wall or
  // a dark kitchen is honest, four of five are not (ours).
  empty: { percent: 95, plain: 4 },
  exif: { timeMs: 30 * MINUTE, placeM: 1000 },
  // Of the answers that differ between houses here: nearly all the same as in another visit of this officer, and far above the
  // nearest visit of anybody else (ours).
  copied: { share: 0.9, above: 0.15, items: 12, strongAt: 3, usual: 0.9 },
  // The share of answers that were changed, on the arcsine scale of shares; and a third of the usual or less. Where little
  // changes for anybody nothing is said.
  unchanged: { z: 3.5, timesLess: 3, leastUsual: 0.05, known: 20 },
  // One code through a block, and not just this once: by chance in one of a thousand officers.
  straight: { chance: 0.001, visits: 8, times: 2 },
  // Visits without an interview, the same way.
  unfinished: { chance: 0.001, visits: 8, least: 4, times: 2 },
} as const
