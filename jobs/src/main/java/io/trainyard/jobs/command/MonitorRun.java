package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.report.MonitorPage;
import io.trainyard.jobs.run.JobContext;
import io.trainyard.jobs.run.MonitorJob;
import java.io.IOException;
import java.util.Optional;

/**
 * What the monitor saw, shown and told to everyone who is to know.
 *
 * @param page where the page about it is
 */
record MonitorRun(MonitorJob.Result result, String page) {
    /** @param model as the job takes it */
    static MonitorRun of(JobContext context, Optional<String> model) throws IOException, InterruptedException {
        MonitorJob job = new MonitorJob(context);
        MonitorJob.Result result = job.run(model);
        String page = job.publish(result.version().model(), MonitorPage.html(result.report()));
        new MonitorNotices(context, result.report()).send();
        return new MonitorRun(result, page);
    }

    ObjectNode json() {
        return MonitorJson.of(result).put("page", page);
    }
}
