package words

func french() map[string]string {
	return map[string]string{}
}
