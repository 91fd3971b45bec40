package words

func german() map[string]string {
	return map[string]string{}
}
