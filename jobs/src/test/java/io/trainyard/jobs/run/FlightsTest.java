package io.trainyard.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.features.build.FeatureColumn;
import io.trainyard.features.build.TrainingSetBuilder;
import io.trainyard.jobs.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example pipeline gives every departure what was known when it was scheduled, no more and no less: every feature of every flight
 * by brute force, those among them for which what was known later would have made a difference.
 */
@ExtendWith(SparkExtension.class)
class FlightsTest {
    private static final long HOUR = Duration.ofHours(1).toNanos() / 1000;
    private static final long NEVER = Long.MAX_VALUE;

    private final SparkSession spark;

    @TempDir
    private Path folder;

    private String flightsFile;
    private String weatherFile;

    FlightsTest(SparkSession spark) {
        this.spark = spark;
    }

    /** A departure; times in microseconds, {@link #NEVER} for what did not happen. Delays are whole minutes. */
    private record Flight(
            String id,
            long time,
            long departed,
            long arrived,
            Double departureDelay,
            Double arrivalDelay,
            String tail,
            String origin,
            String destination,
            String carrier) {
        String carrierThere() {
            return carrier + " at " + origin;
        }
    }

    private record Reading(String origin, long time, Double temperature, Double visibility) {}

    @BeforeEach
    void find() {
        flightsFile = RealData.require("flights/flights_2013.parquet");
        weatherFile = RealData.require("flights/weather_2013.parquet");
        RealData.require("flights/planes_2013.parquet");
    }

    @Test
    void everyFlightSeesWhatWasKnown() throws IOException {
        TrainingSetBuilder.Result built = RealData.trainingSet(spark, "flights.yaml", folder);
        Map<String, String> columns =
                built.set().features().stream().collect(Collectors.toMap(FeatureColumn::name, FeatureColumn::column));
        List<Flight> flights = flights();
        Map<String, Flight> byId = flights.stream().collect(Collectors.toMap(Flight::id, flight -> flight));
        Then then = new Then(flights, readings());

        int rows = 0;
        int differing = 0;
        Iterator<Row> examples = built.set().rows(spark).toLocalIterator();
        while (examples.hasNext()) {
            Row row = examples.next();
            Flight flight = byId.get(row.<String>getAs("_key"));
            Map<String, Object> expected = then.features(flight, true);
            Map<String, Object> found = new HashMap<>();
            expected.keySet().forEach(name -> found.put(name, row.getAs(columns.get(name))));
            assertThat(found).as(flight.toString()).isEqualTo(expected);
            rows++;
            differing += then.features(flight, false).equals(expected) ? 0 : 1;
        }

        assertThat(rows).isEqualTo((int) built.set().table().rows()).isGreaterThan(250_000);
        assertThat(differing)
                .as("flights for which a value known later would have differed")
                .isGreaterThan(100_000);
    }

    /** What was known at any time, looked up in plain lists. */
    private static final class Then {
        private final Map<String, List<Flight>> byTail;
        private final Map<String, List<Flight>> byOrigin;
        private final Map<String, List<Flight>> byDestination;
        private final Map<String, List<Flight>> byCarrier;
        private final Map<String, List<Reading>> weather;

        Then(List<Flight> flights, List<Reading> readings) {
            byTail = by(flights, Flight::tail);
            byOrigin = by(flights, Flight::origin);
            byDestination = by(flights, Flight::destination);
            byCarrier = by(flights, Flight::carrierThere);
            weather = by(readings, Reading::origin);
        }

        /** @param careful whether values count only once they are known; otherwise from their event time on */
        Map<String, Object> features(Flight flight, boolean careful) {
            long now = flight.time();
            ToLongFunction<Flight> departed = other -> careful ? other.departed() : other.time();
            ToLongFunction<Flight> arrived = other -> careful ? other.arrived() : other.time();
            List<Flight> own = byTail.getOrDefault(String.valueOf(flight.tail()), List.of());
            Map<String, Object> features = new HashMap<>();
            features.put("aircraft_dep_delay", newest(own, now, departed, Flight::departureDelay));
            features.put("aircraft_arr_delay", newest(own, now, arrived, Flight::arrivalDelay));
            List<Flight> here = byOrigin.get(flight.origin());
            for (int hours : List.of(1, 3)) {
                List<Flight> recent = within(here, now, hours);
                List<Flight> gone = known(recent, now, departed);
                features.put("airport_scheduled_%dh".formatted(hours), (long) recent.size());
                features.put("airport_departed_%dh".formatted(hours), (long)
                        delays(gone, Flight::departureDelay).size());
                features.put("airport_dep_delay_%dh".formatted(hours), mean(delays(gone, Flight::departureDelay)));
            }
            for (int hours : List.of(3, 24)) {
                List<Flight> landed = known(within(byCarrier.get(flight.carrierThere()), now, hours), now, arrived);
                List<Double> late = landed.stream()
                        .map(other -> other.arrivalDelay() != null && other.arrivalDelay() >= 15 ? 1.0 : 0.0)
                        .toList();
                String window = hours == 24 ? "1d" : hours + "h";
                features.put("carrier_arr_delay_" + window, mean(delays(landed, Flight::arrivalDelay)));
                features.put("carrier_late_" + window, mean(late));
            }
            List<Flight> there = known(within(byDestination.get(flight.destination()), now, 6), now, arrived);
            features.put("destination_arr_delay_6h", mean(delays(there, Flight::arrivalDelay)));
            Reading reading = reading(flight.origin(), careful ? now - HOUR : now, now);
            features.put("weather_temp", reading == null ? null : reading.temperature());
            features.put("weather_visib", reading == null ? null : reading.visibility());
            return features;
        }

        private static Double newest(
                List<Flight> flights, long now, ToLongFunction<Flight> known, Function<Flight, Double> delay) {
            return known(flights.subList(0, until(flights, now, Flight::time)), now, known).stream()
                    .max(Comparator.comparingLong(Flight::time)
                            .thenComparingLong(flight -> Math.max(flight.time(), known.applyAsLong(flight)))
                            .thenComparing(delay, Comparator.nullsFirst(Comparator.naturalOrder())))
                    .filter(flight -> now - flight.time() <= 24 * HOUR)
                    .map(delay)
                    .orElse(null);
        }

        private Reading reading(String origin, long latest, long now) {
            List<Reading> there = weather.getOrDefault(origin, List.of());
            int until = until(there, latest, Reading::time);
            Reading newest = until == 0 ? null : there.get(until - 1);
            return newest == null || now - newest.time() > 6 * HOUR ? null : newest;
        }

        /** Those scheduled in the hours that end now. */
        private static List<Flight> within(List<Flight> flights, long now, int hours) {
            return flights.subList(until(flights, now - hours * HOUR, Flight::time), until(flights, now, Flight::time));
        }

        /** How many of the rows, which are in order of time, are not later than a moment. */
        private static <T> int until(List<T> rows, long moment, ToLongFunction<T> time) {
            int low = 0;
            int high = rows.size();
            while (low < high) {
                int middle = (low + high) / 2;
                if (time.applyAsLong(rows.get(middle)) <= moment) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        private static List<Flight> known(List<Flight> flights, long now, ToLongFunction<Flight> known) {
            return flights.stream()
                    .filter(flight -> known.applyAsLong(flight) <= now)
                    .toList();
        }

        private static List<Double> delays(List<Flight> flights, Function<Flight, Double> delay) {
            return flights.stream().map(delay).filter(Objects::nonNull).toList();
        }

        /** Whole minutes add up exactly. */
        private static Double mean(List<Double> values) {
            return values.isEmpty()
                    ? null
                    : values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
        }

        private static <T> Map<String, List<T>> by(List<T> rows, Function<T, String> key) {
            Map<String, List<T>> grouped = new HashMap<>();
            rows.stream()
                    .filter(row -> key.apply(row) != null)
                    .forEach(row -> grouped.computeIfAbsent(key.apply(row), any -> new ArrayList<>())
                            .add(row));
            return grouped;
        }
    }

    private List<Flight> flights() {
        List<Flight> flights = new ArrayList<>();
        spark.read()
                .parquet(flightsFile)
                .selectExpr(
                        "flight_id id",
                        "unix_micros(cast(sched_dep_utc as timestamp)) time",
                        "unix_micros(cast(dep_utc as timestamp)) departed",
                        "unix_micros(cast(dep_utc as timestamp)) + cast(air_time as bigint) * 60000000 arrived",
                        "dep_delay",
                        "arr_delay",
                        "tailnum",
                        "origin",
                        "dest",
                        "carrier")
                .where("time is not null")
                .orderBy("time")
                .toLocalIterator()
                .forEachRemaining(row -> flights.add(new Flight(
                        row.getAs("id"),
                        row.<Long>getAs("time"),
                        Objects.requireNonNullElse(row.<Long>getAs("departed"), NEVER),
                        Objects.requireNonNullElse(row.<Long>getAs("arrived"), NEVER),
                        row.getAs("dep_delay"),
                        row.getAs("arr_delay"),
                        row.getAs("tailnum"),
                        row.getAs("origin"),
                        row.getAs("dest"),
                        row.getAs("carrier"))));
        return flights;
    }

    private List<Reading> readings() {
        List<Reading> readings = new ArrayList<>();
        spark.read()
                .parquet(weatherFile)
                .selectExpr("origin", "unix_micros(cast(obs_hour_utc as timestamp)) time", "temp", "visib")
                .orderBy("time")
                .toLocalIterator()
                .forEachRemaining(row -> readings.add(new Reading(
                        row.getAs("origin"), row.<Long>getAs("time"), row.getAs("temp"), row.getAs("visib"))));
        return readings;
    }
}
