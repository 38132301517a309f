package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Checked;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.ShortForm;
import java.util.List;
import java.util.Optional;

/** Who is told of incidents. */
@ShortForm(scalar = "webhook")
@Description("who is told when an incident begins and when it ends; a lone text is a webhook")
public record AlertConfig(
        @Description("URL that gets a POST of JSON, which ${VARIABLE} best stands for")
        String webhook,

        @Description(
                "JSON to post instead of Trainyard's own, in which %{summary}, %{state}, %{pipeline}, %{model}, %{version}, %{subject}, %{since} and %{reasons} stand for texts, such as {\"text\": \"%{summary}\"}")
        Optional<String> template)
        implements Checked {
    @Override
    public List<Flaw> flaws() {
        return webhook.matches("https?://\\S+")
                ? List.of()
                : List.of(new Flaw("webhook", "must be a URL that begins with https:// or http://"));
    }
}
