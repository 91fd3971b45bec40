package words

func spanish() map[string]string {
	return map[string]string{}
}
