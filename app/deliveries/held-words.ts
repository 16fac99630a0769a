// Why a delivery waits and by which way it came, in short: for the list on screen and for the file of it.
export const HELD_FOR: Record<string, string> = {
  conflict: 'Jawaban berbeda', reassigned: 'Tugas sudah dialihkan', sent_before: 'Sudah diperiksa', incomplete: 'Belum lengkap',
  unknown_household: 'Rumah tangga tidak dikenal', out_of_region: 'Di luar wilayah petugas',
}
export const heldFor = (reason: string | null) => HELD_FOR[reason ?? ''] ?? 'Perlu dilihat'

export const VIA = { network: 'Jaringan', file: 'Berkas', package: 'Paket wilayah' } as const
