package io.trainyard.jobs.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Visits of eight weeks from Monday, 2026-01-05 on, 100 a day. From the seventh week on amounts are higher, a twentieth comes by a new channel, and
 * who buys has nothing to do with the amount any more. Whether somebody bought is known two days later.
 */
record Visits(Path folder) {
    static Visits in(Path folder, SparkSession spark) {
        spark.range(0, 8 * 7 * 100)
                .selectExpr(
                        "id",
                        "timestamp'2026-01-05 00:30:00' + make_dt_interval(int(id / 100), int(pmod(id, 100) / 5)) as at",
                        "id >= 6 * 7 * 100 as late",
                        "pmod(hash(id, 'z'), 10000) / 10000.0 as u",
                        "pmod(hash(id, 'v'), 10000) / 10000.0 as v",
                        "pmod(hash(id, 'w'), 10000) / 10000.0 as w")
                .selectExpr(
                        "id",
                        "at",
                        "pmod(hash(id), 50) as customer",
                        "double(u + if(late, 0.4, 0)) as amount",
                        "if(late and w < 0.05, 'app', if(w < 0.6, 'shop', 'web')) as channel",
                        "int(if(late, v < 0.5, v < u * u)) as bought")
                .write()
                .parquet(folder.resolve("visits").toString());
        return new Visits(folder);
    }

    /** A pipeline that learns from the first weeks, and is tested on the fifth. */
    Path pipeline(String sections) throws IOException {
        return Files.writeString(folder.resolve("pipeline.yaml"), """
                name: visits
                sources:
                  visits: {path: visits, event_time: at, known_at: {bought: at + interval 2 days}}
                views:
                  customer: {source: visits, entity: customer, windows: [7 days], aggregate: {count: count(*)}}
                training:
                  rows: visits
                  key: id
                  label: bought
                  features: [amount, channel]
                  views: [customer]
                  split: {by: time, train: 14 days, gap: 2 days, validation: 7 days, test: {from: 2026-02-02, to: 2026-02-09}}
                search: {learners: [logistic_regression], trials: 1, seed: 3}
                """ + sections);
    }
}
