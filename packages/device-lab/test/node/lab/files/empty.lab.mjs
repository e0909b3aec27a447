export const nothing = 'tested';
