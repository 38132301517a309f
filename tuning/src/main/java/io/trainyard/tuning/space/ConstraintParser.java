package io.trainyard.tuning.space;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a constraint by recursive descent, the loosest binding first: or, and, not, comparison, sum, product, power. */
final class ConstraintParser {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)|(?<name>[A-Za-z_][A-Za-z0-9_.]*)|'(?<word>[^']*)'"
                    + "|(?<sign><=|>=|!=|==|[-+*/^()<>=,]))");

    private static final Map<String, DoubleUnaryOperator> ONE_ARGUMENT =
            Map.of("abs", Math::abs, "log", StrictMath::log, "sqrt", Math::sqrt);
    private static final Map<String, DoubleBinaryOperator> TWO_ARGUMENTS = Map.of("min", Math::min, "max", Math::max);
    private static final Map<String, BiPredicate<Double, Double>> COMPARISONS = Map.of(
            "<", (a, b) -> a < b,
            "<=", (a, b) -> a <= b,
            ">", (a, b) -> a > b,
            ">=", (a, b) -> a >= b,
            "=", (a, b) -> a.doubleValue() == b,
            "==", (a, b) -> a.doubleValue() == b,
            "!=", (a, b) -> a.doubleValue() != b);

    private final String text;
    private final List<Parameter> known;
    private final Set<String> named = new HashSet<>();
    private int position;

    ConstraintParser(String text, List<Parameter> known) {
        this.text = text;
        this.known = known;
    }

    /** A part of a constraint: exactly one of the three kinds. */
    private sealed interface Term {}

    private record Amount(ToDoubleFunction<Params> value) implements Term {}

    private record Word(Function<Params, String> value) implements Term {}

    private record Truth(Predicate<Params> holds) implements Term {}

    Constraint parse() {
        Predicate<Params> condition = truth(or());
        if (!rest().isBlank()) {
            throw unexpected("nothing more, or 'and', 'or'");
        }
        if (named.isEmpty()) {
            throw bad("it names no parameter");
        }
        return new Constraint(text, named, condition);
    }

    private Term or() {
        Term term = and();
        while (takes("or")) {
            Predicate<Params> left = truth(term);
            term = new Truth(left.or(truth(and())));
        }
        return term;
    }

    private Term and() {
        Term term = not();
        while (takes("and")) {
            Predicate<Params> left = truth(term);
            term = new Truth(left.and(truth(not())));
        }
        return term;
    }

    private Term not() {
        return takes("not") ? new Truth(truth(not()).negate()) : comparison();
    }

    private Term comparison() {
        Term left = sum();
        String sign = peek();
        BiPredicate<Double, Double> comparison = COMPARISONS.get(sign);
        if (comparison == null) {
            return left;
        }
        takes(sign);
        Term right = sum();
        if (left instanceof Word a && right instanceof Word b) {
            return words(sign, a, b);
        }
        ToDoubleFunction<Params> a = number(left);
        ToDoubleFunction<Params> b = number(right);
        return new Truth(params -> comparison.test(a.applyAsDouble(params), b.applyAsDouble(params)));
    }

    private Term words(String sign, Word a, Word b) {
        return switch (sign) {
            case "=", "==" ->
                new Truth(params -> a.value().apply(params).equals(b.value().apply(params)));
            case "!=" ->
                new Truth(params -> !a.value().apply(params).equals(b.value().apply(params)));
            default -> throw bad("words have no order: compare them by = or !=");
        };
    }

    private Term sum() {
        Term term = product();
        while (true) {
            if (takes("+")) {
                term = combined(term, product(), Double::sum);
            } else if (takes("-")) {
                term = combined(term, product(), (a, b) -> a - b);
            } else {
                return term;
            }
        }
    }

    private Term product() {
        Term term = power();
        while (true) {
            if (takes("*")) {
                term = combined(term, power(), (a, b) -> a * b);
            } else if (takes("/")) {
                term = combined(term, power(), (a, b) -> a / b);
            } else {
                return term;
            }
        }
    }

    /** Binds to the right, and more tightly than a sign before it. */
    private Term power() {
        if (takes("-")) {
            ToDoubleFunction<Params> value = number(power());
            return new Amount(params -> -value.applyAsDouble(params));
        }
        Term base = atom();
        return takes("^") ? combined(base, power(), StrictMath::pow) : base;
    }

    private Term atom() {
        if (takes("(")) {
            Term inner = or();
            expect(")");
            return inner;
        }
        Matcher token = token();
        if (token == null) {
            throw unexpected("a number, a parameter or a bracket");
        }
        if (token.group("number") != null) {
            position = token.end();
            double number = Double.parseDouble(token.group("number"));
            return new Amount(params -> number);
        }
        if (token.group("word") != null) {
            position = token.end();
            String word = token.group("word");
            return new Word(params -> word);
        }
        if (token.group("name") != null) {
            position = token.end();
            return named(token.group("name"));
        }
        throw unexpected("a number, a parameter or a bracket");
    }

    private Term named(String name) {
        if (takes("(")) {
            return call(name);
        }
        Parameter parameter = known.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> bad("there is no parameter '%s': there are %s"
                        .formatted(name, known.stream().map(Parameter::name).toList())));
        named.add(name);
        return parameter instanceof CategoricalParameter
                ? new Word(params -> params.text(name))
                : new Amount(params -> params.number(name));
    }

    private Term call(String function) {
        ToDoubleFunction<Params> first = number(sum());
        Term result;
        if (ONE_ARGUMENT.containsKey(function)) {
            DoubleUnaryOperator operator = ONE_ARGUMENT.get(function);
            result = new Amount(params -> operator.applyAsDouble(first.applyAsDouble(params)));
        } else if (TWO_ARGUMENTS.containsKey(function)) {
            expect(",");
            result = combined(new Amount(first), sum(), TWO_ARGUMENTS.get(function));
        } else {
            throw bad("there is no function '%s': there are abs, log, max, min, sqrt".formatted(function));
        }
        expect(")");
        return result;
    }

    private Term combined(Term left, Term right, DoubleBinaryOperator operator) {
        ToDoubleFunction<Params> a = number(left);
        ToDoubleFunction<Params> b = number(right);
        return new Amount(params -> operator.applyAsDouble(a.applyAsDouble(params), b.applyAsDouble(params)));
    }

    private ToDoubleFunction<Params> number(Term term) {
        if (term instanceof Amount number) {
            return number.value();
        }
        throw bad("'%s' follows something that is no number".formatted(rest().strip()));
    }

    private Predicate<Params> truth(Term term) {
        if (term instanceof Truth truth) {
            return truth.holds();
        }
        throw unexpected("a comparison, such as <=");
    }

    private void expect(String sign) {
        if (!takes(sign)) {
            throw unexpected("'" + sign + "'");
        }
    }

    private boolean takes(String wanted) {
        Matcher token = token();
        boolean there = token != null && token.group().strip().equals(wanted);
        if (there) {
            position = token.end();
        }
        return there;
    }

    private String peek() {
        Matcher token = token();
        return token == null ? "" : token.group().strip();
    }

    /** The token that begins here, or null. */
    private Matcher token() {
        Matcher matcher = TOKEN.matcher(text).region(position, text.length());
        return matcher.lookingAt() ? matcher : null;
    }

    private String rest() {
        return text.substring(position);
    }

    private IllegalArgumentException unexpected(String expected) {
        String found = rest().isBlank() ? "its end" : "'" + rest().strip() + "'";
        return bad("expected %s, found %s".formatted(expected, found));
    }

    private IllegalArgumentException bad(String problem) {
        return new IllegalArgumentException("Cannot read constraint '%s': %s".formatted(text, problem));
    }
}
