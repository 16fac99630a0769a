import type { Programme } from '#app/programmes/programme.ts'

// Program Sembako (before: BPNT, Rastra): one card (KKS) for a family.
export const sembako: Programme = {
  code: 'sembako', name: 'Sembako', fullName: 'Program Sembako (BPNT)', unit: 'family', number: 'No. KKS',
  states: {
    candidate: { label: 'Calon', phase: 'waiting' },
    account_check: { label: 'Verifikasi rekening', phase: 'waiting' },
    active: { label: 'Penerima aktif', phase: 'receiving' },
    suspended: { label: 'Ditangguhkan', phase: 'paused' },
    replaced: { label: 'Diganti', phase: 'ended' },
    removed: { label: 'Dikeluarkan', phase: 'ended' },
  },
  endState: 'replaced',
  changes: {
    entry: { label: 'Usulkan sebagai calon', from: 'nobody', to: 'candidate' },
  },
}
