package io.trainyard.jobs.deploy;

import java.time.Duration;
import java.time.ZoneOffset;

/** Refusals about when a job starts. */
final class Schedules {
    private static final String KEY = "deploy.schedule";

    private Schedules() {}

    /** Where days of the month and days of the week cannot both be given, or mean that both must fit. */
    static void checkDays(Deployment deployment, String scheduler, Refusals refusals) {
        deployment
                .cron()
                .filter(cron -> cron.hasBothDays())
                .ifPresent(cron -> refusals.add(
                        KEY,
                        "'%s' names days of the month and days of the week, which %s cannot express: give one of the two as *"
                                .formatted(written(deployment), scheduler)));
    }

    static void checkGap(Deployment deployment, String scheduler, Duration least, Refusals refusals) {
        deployment
                .cron()
                .filter(cron -> cron.shortestGap().compareTo(least) < 0)
                .ifPresent(cron -> refusals.add(
                        KEY,
                        "'%s' starts the job every %d minutes, and %s at most every %d: start it less often"
                                .formatted(
                                        written(deployment),
                                        cron.shortestGap().toMinutes(),
                                        scheduler,
                                        least.toMinutes())));
    }

    static void checkUtc(Deployment deployment, String scheduler, Refusals refusals) {
        boolean utc = deployment.zone().normalized().equals(ZoneOffset.UTC);
        if (deployment.cron().isPresent() && !utc) {
            refusals.add(
                    "deploy.timezone",
                    "'%s', and %s knows UTC alone: write the schedule in UTC, and set deploy.timezone to UTC"
                            .formatted(deployment.zone(), scheduler));
        }
    }

    static void require(Deployment deployment, String platform, Refusals refusals) {
        if (deployment.cron().isEmpty()) {
            refusals.add(
                    KEY,
                    "is missing, and %s starts jobs by nothing else: add five fields such as 0 3 * * *"
                            .formatted(platform));
        }
    }

    private static String written(Deployment deployment) {
        return deployment.config().schedule().orElseThrow();
    }
}
