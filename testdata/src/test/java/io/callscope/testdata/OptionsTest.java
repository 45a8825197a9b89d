package io.callscope.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  @Test
  void readsBothForms() {
    Options options = Options.of("--calls", "7", "--seed=-3", "--nsec", "--vlan=1", "--vlan", "2");
    assertThat(options.calls).isEqualTo(7);
    assertThat(options.seed).isEqualTo(-3);
    assertThat(options.nanos).isTrue();
    assertThat(options.vlans).containsExactly(1, 2);
    assertThat(options.given()).hasSize(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--call 1 | unknown option --call",
        "7 | unknown option 7",
        "--calls | --calls needs a value: N",
        "--calls x | --calls x",
        "--calls -1 | --calls -1: not in 0",
        "--nsec=1 | --nsec takes no value",
        "--noise 1.1 | --noise 1.1: not in 0.0-1.0",
        "--noise NaN | --noise NaN",
        "--ip 5 | --ip 5: either 4 or 6",
        "--transport sctp | --transport sctp: either udp or tcp",
        "--link ppp | --link ppp: one of eth",
        "--vlan 4096 | --vlan 4096: not in 0-4095",
        "--vlan 1 --vlan 2 --vlan 3 --vlan 4 --vlan 5 | more than 4 tags",
        "--vlan 1 --link raw | --vlan needs --link eth",
        "--mtu 67 | --mtu 67: at least 68",
        "--mtu 1279 --ip 6 | --mtu 1279: at least 1280",
        "--noise 0.1 --transport tcp | --noise needs --transport udp",
        "--mix calls=1 | no kind 'calls'; there are answered reinvite",
        "--mix answered | 'answered' is not kind=weight",
        "--mix answered=x | --mix answered=x",
        "--mix answered=-1 | weight -1 is not in",
        "--mix answered=0 | all weights are 0"
      })
  void namesWhatIsWrong(String arguments, String message) {
    assertThatThrownBy(() -> Options.of(arguments.split(" ", -1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void takesTheKindsOfAMixOnly() {
    Capture capture = Corpus.capture(Options.of("--calls=400", "--mix=message=3,options=1"));
    assertThat(capture.truth().dialogs(Kind.MESSAGE)).isBetween(260L, 340L);
    assertThat(capture.truth().dialogs(Kind.OPTIONS)).isBetween(60L, 140L);
    assertThat(capture.truth().dialogs()).isEqualTo(400);
  }
}
