import type { Programme } from '#app/programmes/programme.ts'

// Penerima Bantuan Iuran Jaminan Kesehatan: one person. Source: PP 76/2015, Permensos 21/2019, Permensos 3/2026.
export const pbi: Programme = {
  code: 'pbi', name: 'PBI-JK', fullName: 'Penerima Bantuan Iuran Jaminan Kesehatan', unit: 'person', number: 'No. kartu JKN',
  states: {
    proposed: { label: 'Usulan', phase: 'waiting' },
    active: { label: 'Aktif', phase: 'receiving' },
    inactive: { label: 'Nonaktif', phase: 'ended' },
    rejected: { label: 'Ditolak', phase: 'ended' },
  },
  endState: 'inactive',
  changes: {
    addition: { label: 'Usulkan penambahan', from: 'nobody', to: 'proposed' },
  },
}
