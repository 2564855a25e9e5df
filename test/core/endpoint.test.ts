import { hostName } from '../../lib/core/endpoint';

test('a host is named as far as its namespace is known', () => {
  expect(hostName('shop', 'orders')).toBe('orders.shop.svc');
  expect(hostName('shop', 'orders-0', 'orders-members')).toBe('orders-0.orders-members.shop.svc');
  expect(hostName(undefined, 'orders')).toBe('orders');
  expect(hostName(undefined, 'orders-0', 'orders-members')).toBe('orders-0.orders-members');
});
