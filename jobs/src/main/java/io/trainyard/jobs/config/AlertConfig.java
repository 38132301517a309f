package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Checked;
import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Matches;
import io.trainyard.jobs.config.binding.OptionValue;
import io.trainyard.jobs.config.binding.Range;
import io.trainyard.jobs.config.binding.ShortForm;
import io.trainyard.jobs.config.binding.Variant;
import io.trainyard.jobs.notice.MailServer.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who is told of incidents. */
@ShortForm(scalar = "webhook")
@Description(
        "who is told when an incident begins and when it ends: a webhook, or people by mail; a lone text is a webhook")
public sealed interface AlertConfig extends Checked {
    /** A program that is told by HTTP. */
    @Variant("webhook")
    record Webhook(
            @Description("URL that gets a POST of JSON, which ${VARIABLE} best stands for")
            String webhook,

            @Description(
                    "JSON to post instead of Trainyard's own, in which %{summary}, %{state}, %{pipeline}, %{model}, %{version}, %{subject}, %{since} and %{reasons} stand for texts, such as {\"text\": \"%{summary}\"}")
            Optional<String> template)
            implements AlertConfig {
        @Override
        public List<Flaw> flaws() {
            return webhook.matches("https?://\\S+")
                    ? List.of()
                    : List.of(new Flaw("webhook", "must be a URL that begins with https:// or http://"));
        }
    }

    /** People who are told by mail. */
    @Variant("mail")
    record Mail(
            @Description("addresses, each of which gets a mail of its own")
            @Range(min = 1)
            @Matches(value = ADDRESS, meaning = ADDRESS_MEANING)
            List<String> mail,

            @Description("the sender's address") @Matches(value = ADDRESS, meaning = ADDRESS_MEANING)
            String from,

            @Description("name of the SMTP server") String host,

            @Description("port of the server; by default 587 for starttls, 465 for tls, 25 for none")
            @Range(min = 1, max = 65_535)
            Optional<Integer> port,

            @Description("how the connection is encrypted: starttls, tls from the start, or none") @Default("starttls")
            Security security,

            @Description("who sends, as the server knows him; by default it asks for nobody")
            Optional<String> user,

            @Description("the user's password: ${VARIABLE}, never the password itself")
            Optional<OptionValue> password)
            implements AlertConfig {
        public Mail {
            mail = List.copyOf(mail);
        }

        /** Where the server takes mails. */
        public int serverPort() {
            return port.orElse(security.port());
        }

        @Override
        public List<Flaw> flaws() {
            List<Flaw> flaws = new ArrayList<>();
            if (user.isPresent() != password.isPresent()) {
                flaws.add(new Flaw(
                        user.isPresent() ? "user" : "password",
                        "needs the other of 'user' and 'password' beside it: add it, or remove this one"));
            }
            if (password.filter(value -> !value.written().matches("\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}"))
                    .isPresent()) {
                flaws.add(
                        new Flaw("password", "stands in clear: write ${VARIABLE}, and set it where the monitor runs"));
            }
            if (security == Security.NONE && password.isPresent() && !host.matches(LOOPBACK)) {
                flaws.add(new Flaw(
                        "security",
                        "'none' would send the password to %s in clear: use starttls or tls".formatted(host)));
            }
            return flaws;
        }
    }

    /** An address without a name beside it. */
    String ADDRESS = "[^@\\s<>,;]+@[^@\\s<>,;]+";

    String ADDRESS_MEANING = "an address such as alerts@example.org";

    /** This very machine. */
    String LOOPBACK = "localhost|127\\.[0-9.]+|::1";
}
