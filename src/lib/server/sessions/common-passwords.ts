/** What is tried first where ten characters are asked for: keyboard walks, years with names, and the words of this house. */
export const common: ReadonlySet<string> = new Set(
	`
	0123456789 1234567890 0987654321 9876543210 12345678910 123456789a a123456789 123456789q q123456789 abc123456789 123456789abc
	abcd123456 abcd12345678 aa12345678 a1234567890 asd123456789 qwe123456789 qq123456789 zxc123456789 1234567890a 1234567890q
	qwertyuiop qwertyuiop123 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc qazwsxedcrfv zaq12wsxcde3 asdfghjkl123 qwerty123456
	q1w2e3r4t5 q1w2e3r4t5y6 1234qwerasdf qwer12345678 asdf12345678 zxcvbnm123 zxcvbnm123456 poiuytrewq mnbvcxz123
	password12 password123 password1234 password12345 password123456 passw0rd123 p@ssw0rd123 p@ssword123 password@123 admin12345
	admin123456 admin@123456 admin888888 administrator administrator1 welcome123 welcome1234 letmein123 changeme123 iloveyou123
	woaini1314 woaini520 woaini5201314 5201314520 5201314woaini woaini123456 aini1314520 1314520520 wodemima123 mima123456
	woaizhongguo zhongguo123 zhongguo1949 china19491001 19491001china nihao123456 abc1234567 test123456 test1234567 guest123456
	mingfa1234 mingfa12345 mingfa123456 mingfa2025 mingfa2026 mingfa2027 renshe1234 renshe12345 renshe123456 rsj12345678 rst12345678
	rensheju123 renshiju123 renshechu123 huawei12345 lenovo12345 windows123 computer123 internet123 qwertyqwerty abcdefghij
	abcdefg123 abcdefg1234567 abcabcabc123 111222333444 112233445566 123123123123 123321123321 147258369147 159357159357
	`
		.trim()
		.split(/\s+/)
);
