// Why somebody would go, as a run keeps it (codes of rules, or ours), in words.
const EXIT_REASONS: Record<string, string> = {
  present: 'tidak ada anggota yang tinggal', held: 'menunggu keputusan nonaktif', restricted: 'pemrosesan dibatasi', desil: 'desil di atas batas atau belum ada', component: 'tidak ada komponen', occupation: 'pekerjaan dikecualikan',
  contradicting: 'menerima program lain', age: 'di luar batas umur', quota: 'kuota penuh', not_found: 'tidak ditemukan di registri desanya',
}

export function reasonWords(codes: string): string {
  const words = codes.split(',').filter(Boolean).map((code) => EXIT_REASONS[code] ?? code).join(', ')
  return words && words[0]!.toUpperCase() + words.slice(1)
}
