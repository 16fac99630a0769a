import type { Programme } from '#app/programmes/programme.ts'

// The life of a family in Program Keluarga Harapan. Source: Permensos 1/2018 and the practice of its validation.
export const pkh: Programme = {
  code: 'pkh', name: 'PKH', fullName: 'Program Keluarga Harapan', unit: 'family', number: 'No. Peserta PKH',
  states: {
    candidate: { label: 'Calon', phase: 'waiting' },
    eligible: { label: 'Lolos validasi', phase: 'waiting' },
    ineligible: { label: 'Tidak memenuhi syarat', phase: 'ended' },
    active: { label: 'Peserta aktif', phase: 'receiving' },
    commitment: { label: 'Verifikasi komitmen', phase: 'receiving' },
    suspended: { label: 'Ditangguhkan', phase: 'paused' },
    graduated_natural: { label: 'Graduasi alamiah', phase: 'ended' },
    graduated_independent: { label: 'Graduasi sejahtera mandiri', phase: 'ended' },
    exited: { label: 'Keluar', phase: 'ended' },
  },
  endState: 'exited',
  changes: {
    entry: { label: 'Usulkan sebagai calon', from: 'nobody', to: 'candidate' },
  },
}
