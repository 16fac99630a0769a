// Where a record stands. SIKS-Droid's numbers beside each: listed 0–2, assigned 3, downloaded 4, deliberated 5–6a,
// submitted 11, returned 7a, checked 12, recheck 12a, verified 13, determined 14.
export const STAGES = [
  'listed', 'published', 'assigned', 'downloaded', 'deliberated', 'submitted', 'returned', 'checked', 'recheck',
  'verified', 'batched', 'ratified', 'dispatched', 'determined', 'withdrawn',
] as const
export type Stage = typeof STAGES[number]

// Which stage may follow which. Anything else is refused as a conflict.
export const NEXT: Record<Stage, readonly Stage[]> = {
  listed: ['published', 'withdrawn'],
  published: ['assigned', 'deliberated', 'listed', 'withdrawn'],
  assigned: ['downloaded', 'deliberated', 'submitted', 'published'],
  downloaded: ['deliberated', 'submitted', 'published'],
  deliberated: ['assigned', 'downloaded', 'submitted', 'published', 'withdrawn'],
  submitted: ['checked', 'returned'],
  returned: ['submitted', 'published'],
  checked: ['verified', 'recheck', 'returned'],
  recheck: ['checked', 'returned'],
  verified: ['batched', 'recheck'],
  batched: ['ratified', 'verified', 'checked'],
  ratified: ['dispatched'],
  dispatched: ['determined', 'checked'],
  determined: ['listed', 'published'],
  withdrawn: ['listed'],
}

export const STAGE_WORDS: Record<Stage, string> = {
  listed: 'Prelist masuk',
  published: 'Prelist diterbitkan ke desa',
  assigned: 'Diterima petugas',
  downloaded: 'Diunduh ke HP',
  deliberated: 'Selesai musdes',
  submitted: 'Menunggu pemeriksaan',
  returned: 'Dikembalikan ke petugas',
  checked: 'Disetujui pengawas/korcam',
  recheck: 'Dikembalikan ke pemeriksa',
  verified: 'Disetujui Dinsos',
  batched: 'Dalam berkas pengesahan',
  ratified: 'Disahkan',
  dispatched: 'Dikirim ke Kemensos',
  determined: 'Ditetapkan',
  withdrawn: 'Ditarik',
}
