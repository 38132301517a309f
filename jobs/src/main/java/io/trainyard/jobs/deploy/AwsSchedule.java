package io.trainyard.jobs.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A schedule of EventBridge Scheduler, which starts what has no schedule of its own. */
final class AwsSchedule {
    /** What the scheduler puts in place of it: the time for which the start was planned, the same in every retry. */
    static final String PLANNED = "<aws.scheduler.scheduled-time>";

    /** The same in every retry of one start, and another in the next. */
    static final String EXECUTION = "<aws.scheduler.execution-id>";

    static final String FILE = "schedule.json";
    static final String CREATE = "aws scheduler create-schedule --cli-input-json file://@DIR@/schedule.json";

    private AwsSchedule() {}

    static void check(Deployment deployment, Refusals refusals) {
        Schedules.checkDays(deployment, "EventBridge Scheduler", refusals);
    }

    static void checkRole(Deployment deployment, String section, Optional<String> role, Refusals refusals) {
        if (deployment.cron().isPresent() && role.isEmpty()) {
            refusals.add(
                    "deploy." + section + ".schedule_role",
                    "is missing: EventBridge Scheduler starts the job by a role of its own. Give its ARN, or remove deploy.schedule");
        }
    }

    /**
     * The schedule.
     *
     * @param call what is called, such as {@code emr:runJobFlow}
     * @param input the call's parameters, named as in the API, with a capital first
     */
    static RenderedFile file(Deployment deployment, String call, String role, JsonNode input) {
        ObjectNode schedule = Json.object()
                .put("Name", deployment.label())
                .put("Description", deployment.head(call.startsWith("emr:") ? "emr" : "emr-serverless"))
                .put(
                        "ScheduleExpression",
                        deployment.cron().orElseThrow().toAws().orElseThrow())
                .put("ScheduleExpressionTimezone", deployment.zoneName());
        schedule.putObject("FlexibleTimeWindow").put("Mode", "OFF");
        schedule.putObject("Target")
                .put("Arn", "arn:aws:scheduler:::aws-sdk:" + call)
                .put("RoleArn", role)
                .put("Input", Json.compact(input))
                .putObject("RetryPolicy")
                .put("MaximumRetryAttempts", 2);
        return RenderedFile.of(FILE, Json.pretty(schedule));
    }
}
