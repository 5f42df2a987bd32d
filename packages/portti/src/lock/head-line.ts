export const headLine = ''
