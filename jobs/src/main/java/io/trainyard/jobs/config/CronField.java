package io.trainyard.jobs.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of the five fields of a cron expression: its numbers, and the names that some of them have. */
enum CronField {
    MINUTE("a minute", 0, 59, ""),
    HOUR("an hour", 0, 23, ""),
    DAY_OF_MONTH("a day of month", 1, 31, ""),
    MONTH("a month", 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
    /** Sunday is 0, and 7 as well. */
    DAY_OF_WEEK("a day of week", 0, 7, "SUN MON TUE WED THU FRI SAT");

    static final int SUNDAY_AGAIN = 7;

    private static final Pattern ITEM = Pattern.compile("(\\*|(\\w+)(?:-(\\w+))?)(?:/(\\d{1,2}))?");

    private final String title;
    private final int least;
    private final int most;
    /** In order, separated by blanks; empty where numbers have none. */
    private final String names;

    CronField(String title, int least, int most, String names) {
        this.title = title;
        this.least = least;
        this.most = most;
        this.names = names;
    }

    private List<String> names() {
        return List.of(names.split(" "));
    }

    /** All numbers of the field, Sunday once. */
    SortedSet<Integer> all() {
        return numbers(least, this == DAY_OF_WEEK ? SUNDAY_AGAIN - 1 : most, 1);
    }

    /**
     * The numbers that a text stands for.
     *
     * @throws IllegalArgumentException saying why it is none
     */
    SortedSet<Integer> parse(String text) {
        SortedSet<Integer> numbers = new TreeSet<>();
        for (String item : text.split(",", -1)) {
            numbers.addAll(item(item));
        }
        if (this == DAY_OF_WEEK && numbers.remove(SUNDAY_AGAIN)) {
            numbers.add(0);
        }
        return Collections.unmodifiableSortedSet(numbers);
    }

    private SortedSet<Integer> item(String item) {
        Matcher parts = ITEM.matcher(item);
        if (!parts.matches()) {
            throw new IllegalArgumentException("cannot read '%s' as %s".formatted(item, title));
        }
        boolean star = parts.group(1).equals("*");
        if (parts.group(4) != null && !star && parts.group(3) == null) {
            throw new IllegalArgumentException(
                    "a step needs a range to step through, such as */%s or %s-%d/%s, found '%s'"
                            .formatted(parts.group(4), parts.group(2), most, parts.group(4), item));
        }
        int step = parts.group(4) == null ? 1 : Integer.parseInt(parts.group(4));
        if (step == 0) {
            throw new IllegalArgumentException("a step must be at least 1, found '%s'".formatted(item));
        }
        if (star) {
            return numbers(least, this == DAY_OF_WEEK ? SUNDAY_AGAIN - 1 : most, step);
        }
        int from = number(parts.group(2));
        int to = parts.group(3) == null ? from : number(parts.group(3));
        if (from > to) {
            throw new IllegalArgumentException("%s from %s to %s is none: give two ranges, separated by a comma"
                    .formatted(title, parts.group(2), parts.group(3)));
        }
        return numbers(from, to, step);
    }

    private int number(String text) {
        int named = names().indexOf(text.toUpperCase(Locale.ROOT));
        if (named >= 0) {
            return named + least;
        }
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException("%s is from %d to %d, found '%s'".formatted(title, least, most, text));
        }
        return Integer.parseInt(text);
    }

    private static SortedSet<Integer> numbers(int from, int to, int step) {
        SortedSet<Integer> numbers = new TreeSet<>();
        for (int number = from; number <= to; number += step) {
            numbers.add(number);
        }
        return numbers;
    }

    /** The shortest text that every cron reads as these numbers; {@code *} for all of them. */
    String write(SortedSet<Integer> numbers) {
        return write(numbers, "*", Integer::toString);
    }

    /** The same with the names that the numbers have, where crons disagree on the numbers of days. */
    String writeNames(SortedSet<Integer> numbers) {
        return names.isEmpty() ? write(numbers) : write(numbers, "*", number -> names().get(number - least));
    }

    /** @param stepFrom what stands before the slash of a step through the whole field */
    String write(SortedSet<Integer> numbers, String stepFrom, IntFunction<String> name) {
        if (numbers.equals(all())) {
            return "*";
        }
        int step = numbers.size() > 2 ? numbers.tailSet(numbers.first() + 1).first() - numbers.first() : 1;
        if (step > 1 && names.isEmpty() && numbers.equals(numbers(least, most, step))) {
            return stepFrom + "/" + step;
        }
        List<String> items = new ArrayList<>();
        List<Integer> left = List.copyOf(numbers);
        for (int i = 0; i < left.size(); ) {
            int end = i;
            while (end + 1 < left.size() && left.get(end + 1) == left.get(end) + 1) {
                end++;
            }
            items.add(name.apply(left.get(i)));
            if (end > i) {
                int last = items.size() - 1;
                items.set(last, items.get(last) + (end == i + 1 ? "," : "-") + name.apply(left.get(end)));
            }
            i = end + 1;
        }
        return String.join(",", items);
    }
}
