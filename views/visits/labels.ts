// The six outcomes of a visit, short enough for a badge.
export const OUTCOMES: Record<number, string> = {
  1: 'Selesai dicacah', 2: 'Tidak ditemukan', 3: 'Pindah/bangunan tidak ada', 4: 'Bergabung dengan rumah tangga lain',
  5: 'Responden menolak', 6: 'Data ganda',
}
