export { ROLE_WORDS as ROLE_LABELS } from '#app/users/permissions.ts'

export const STATUS_LABELS = { invited: 'Belum mengganti kata sandi', active: 'Aktif', suspended: 'Ditangguhkan' }
export const STATUS_TONES = { invited: 'warn', active: 'good', suspended: 'bad' } as const
